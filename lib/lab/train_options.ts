import { parseArgs } from "@std/cli/parse-args";
import { nearest } from "../networks/nearest.ts";
import { networkNames } from "../networks/network_by_name.ts";
import { readRecord } from "../records/read_record.ts";
import { RECIPES } from "../training/recipes.ts";
import {
  parseRunSpec,
  type RunSpec,
  type RunSpecInput,
} from "../records/run_spec.ts";
import { parseDuration } from "./parse_duration.ts";
import { checkRun, parseShard, parseSweep, shardOf } from "./sweep.ts";

/** What `deno task train --help` prints. */
export const HELP = `Trains networks and leaves a lab record of each.

  deno task train [options]

  --network plain-20,resnet-56   networks, one after another (--list names them)
                                 (default plain-20,plain-56,resnet-20,resnet-56)
  --recipe cifar                 how they are trained (--list names them)
  --preset smoke|study|paper     how much is computed (default smoke)
  --data auto|cifar10|cifar100|fashionMnist|synthetic|folder:PATH|imagenet:PATH
                                 what is learnt (default auto); folder: holds
                                 small images in memory, imagenet: reads large
                                 ones while it trains
  --skip-broken                  leave out images of a folder that cannot be
                                 decoded, and print their names
  --seed 0                       draws initial values, order and crops
  --steps, --batch-size, --learning-rate, --weight-decay
                                 numbers to use in place of the recipe's; the
                                 schedule is scaled to the steps
  --validation 5000              training images set aside, to choose by
  --precision float32|bfloat16|bfloat16-emulated
                                 what steps compute with; bfloat16 needs a CPU
                                 with AVX-512, emulated bfloat16 is slow

  --budget 10m                   time after which a network's training stops; it
                                 counts training only, and anew at each --resume
  --resume                       go on from the run's newest checkpoint; a run
                                 that is done is not made again
  --out data/runs                folder of the lab records

  --sweep runs.json              the runs of a JSON list; those that are done are
                                 left out, those begun are gone on with. The
                                 options above hold where an entry has none.
  --shard 0/4                    only every fourth run of the sweep, from the
                                 first on; 1/4 from the second on
  --from-record FILE             make a record's run again and say what differs;
                                 only --out, --budget and --skip-broken go with
                                 it
  --list                         the networks and the recipes

An entry of a sweep has the fields
  network, recipe, preset, data, seed, validationImages,
  steps, batchSize, learningRate, momentum, milestones,
  weightDecay, decayOn                 "all" or "kernels"
  warmUp         { "learningRate": 0.01, "steps": 400 } or
                 { "learningRate": 0.01, "untilTrainError": 80, "overSteps": 50 }
  plateau        { "on": "train" or "validation", "patience": 5 }
  augmentation   "crops" or "none"
  initialiser    "he", "xavier" or "standard"
  precision      "float32", "bfloat16" or "bfloat16-emulated"
Only network must be there:

  [{ "network": "cifar-resnet-20:shortcut=B", "preset": "study", "seed": 1 }]

A checkpoint is written each minute, and at the end, to a folder of the run's own
in data/checkpoints; the last two are kept and, with --validation, the one of the
lowest validation error. None is written at the preset smoke, unless --steps is
given. Ctrl+C ends a run after the step under way, with a checkpoint.`;

/** What `deno task train --list` prints. */
export function listText(): string {
  const recipes = Object.entries(RECIPES).map(([name, { source }]) =>
    `  ${name}: ${source}`
  );
  const networks = networkNames().map((line) => `  ${line}`);
  return [
    "Networks (options as in cifar-resnet-20:shortcut=B:activation=preActivation;",
    "plain-20 and resnet-20 are short for cifar-plain-20 and cifar-resnet-20):",
    ...networks,
    "",
    "Recipes:",
    ...recipes,
  ].join("\n");
}

/** What the command line asks for. */
export interface TrainArguments {
  readonly help: boolean;
  readonly list: boolean;
  readonly runs: readonly RunSpec[];
  /** Whether the runs are a sweep's. */
  readonly sweep: boolean;
  readonly fromRecord: string | undefined;
  readonly resume: boolean;
  /** What to do about a folder's images that cannot be decoded. */
  readonly onBroken: "throw" | "skip";
  readonly secondsBudget: number | undefined;
  readonly out: string | undefined;
}

/** Options that are given or not. */
const SWITCHES = ["resume", "skip-broken", "help", "list"] as const;

const TEXTS = [
  "network",
  "recipe",
  "preset",
  "data",
  "precision",
  "budget",
  "out",
  "sweep",
  "shard",
  "from-record",
] as const;

/** Options that are numbers, and the fields of a run that they are. */
const NUMBERS = {
  "seed": "seed",
  "steps": "steps",
  "batch-size": "batchSize",
  "learning-rate": "learningRate",
  "weight-decay": "weightDecay",
  "validation": "validationImages",
} as const;

/**
 * Reads the command line, and the sweep that it names.
 *
 * @throws {Error} If something is wrong with it, before anything is loaded.
 */
export async function parseTrainArguments(
  args: string[],
): Promise<TrainArguments> {
  const options = parseArgs(args, {
    string: [...TEXTS, ...Object.keys(NUMBERS)],
    boolean: [...SWITCHES],
    unknown(argument: string) {
      if (/^-[\d.]/.test(argument)) {
        throw new Error(
          `Expected options and numbers of 0 or more but found ${argument}`,
        );
      }
      throw new Error(
        `Expected an option that \`deno task train --help\` lists but found ${argument}${
          didYouMean(argument)
        }`,
      );
    },
  }) as Readonly<Record<string, string | undefined>> & {
    readonly help: boolean;
    readonly list: boolean;
    readonly resume: boolean;
    readonly "skip-broken": boolean;
  };
  const { help, list, resume, sweep, out, budget, shard } = options;
  const fromRecord = options["from-record"];
  if (shard !== undefined && sweep === undefined) {
    throw new Error("Expected --sweep FILE with --shard but found none");
  }
  if (fromRecord !== undefined) {
    checkAlone(options);
    // `rerun` reads it: here a wrong file is named before a backend starts.
    await readRecord(fromRecord);
  }
  const given = givenOf(options);
  const runs = help || list || fromRecord !== undefined
    ? []
    : sweep === undefined
    ? namedRuns(options["network"], given)
    : parseSweep(await readSweep(sweep), sweep, {
      ...options["network"] !== undefined && { network: options["network"] },
      ...given,
    });
  return {
    ...{ help, list, fromRecord, out },
    runs: shard === undefined ? runs : shardOf(runs, parseShard(shard)),
    sweep: sweep !== undefined,
    resume: resume || sweep !== undefined,
    onBroken: options["skip-broken"] ? "skip" : "throw",
    secondsBudget: budget === undefined ? undefined : parseDuration(budget),
  };
}

async function readSweep(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error(
      `Expected a list of runs, as JSON, at ${path} but found no file`,
      { cause },
    );
  }
}

/** The option that is nearest, if it is one that was misspelt. */
function didYouMean(argument: string): string {
  const [, name] = /^--([^=]+)/.exec(argument) ?? [];
  const found = name &&
    nearest(name, [...TEXTS, ...Object.keys(NUMBERS), ...SWITCHES]);
  return found ? `: did you mean --${found}?` : "";
}

/** @throws {Error} If something is asked for that a record says already. */
function checkAlone(options: Readonly<Record<string, unknown>>): void {
  const others = [...TEXTS, ...Object.keys(NUMBERS), "resume"].filter((name) =>
    !["from-record", "out", "budget"].includes(name) &&
    options[name] !== undefined && options[name] !== false
  );
  const [first] = others;
  if (first === undefined) return;
  throw new Error(
    `Expected only --out, --budget and --skip-broken with --from-record but found --${first}`,
  );
}

function namedRuns(
  networks = "plain-20,plain-56,resnet-20,resnet-56",
  given: Partial<RunSpecInput>,
): RunSpec[] {
  return networks.split(",").map((network) => {
    const run = parseRunSpec({ ...given, network }, "What is asked for");
    return checkRun(run, "What is asked for");
  });
}

function givenOf(
  options: Readonly<Record<string, unknown>>,
): Partial<RunSpecInput> {
  const texts = ["recipe", "preset", "data", "precision"]
    .filter((name) => options[name] !== undefined)
    .map((name) => [name, options[name]]);
  const numbers = Object.entries(NUMBERS)
    .filter(([name]) => options[name] !== undefined)
    .map(([name, field]) => {
      const text = String(options[name]);
      const value = Number(text);
      if (text.trim() === "" || !Number.isFinite(value)) {
        throw new Error(
          `Expected --${name} to be a number but found "${text}"`,
        );
      }
      return [field, value];
    });
  return Object.fromEntries([...texts, ...numbers]);
}
