/**
 * Trains networks and leaves a lab record of each, without a notebook:
 *
 *     deno task train --network plain-20,resnet-20 --preset study --seed 0
 *
 * `--help` lists the options.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { useBackend } from "../backends/use_backend.ts";
import { checkInteger } from "../data/check_integer.ts";
import { type DatasetName, loadDataset } from "../data/load_dataset.ts";
import { cifarPlain, cifarResNet } from "../networks/cifar.ts";
import type { Network } from "../networks/layer.ts";
import { preset } from "../notebook/preset.ts";
import { listenForStop, stopRequested } from "../notebook/stop.ts";
import type { Progress } from "../training/train.ts";
import { checkpointDirectory } from "./checkpoint_directory.ts";
import { labRun } from "./lab_run.ts";
import { parseDuration } from "./parse_duration.ts";
import { recordName } from "./record_name.ts";

const BUILDERS = { plain: cifarPlain, resnet: cifarResNet };

/**
 * The network that a name such as "resnet-56" stands for.
 *
 * @throws {Error} If it stands for none; the nearest are named.
 */
export function networkByName(name: string, channels: number): Network {
  const [, kind, depth] = /^(plain|resnet)-(\d+)$/.exec(name.toLowerCase()) ??
    [];
  if (kind === undefined) {
    throw new Error(
      `Expected a network such as plain-20 or resnet-56 but found ${name}`,
    );
  }
  const build = BUILDERS[kind as keyof typeof BUILDERS];
  return build({ depth: Number(depth), channels });
}

const HELP = `Trains networks and leaves a lab record of each.

  deno task train [options]

  --network plain-20,resnet-56   networks, one after another
                                 (default plain-20,plain-56,resnet-20,resnet-56)
  --preset smoke|study|paper     how much is computed (default smoke)
  --data auto|cifar10|fashionMnist|synthetic
                                 what is learnt (default auto)
  --seed 0                       draws initial values, order and crops
  --budget 10m                   time after which a network's training stops
  --resume                       go on from the run's newest checkpoint
  --out data/runs                folder of the lab records

At the presets study and paper a checkpoint is written each minute, and at the
end, to a folder of the run's own in data/checkpoints. Ctrl+C ends a run after
the step under way, with a checkpoint.`;

interface Options {
  readonly network: string;
  readonly preset: string;
  readonly data: string;
  readonly seed: string;
  readonly budget?: string;
  readonly out?: string;
  readonly resume: boolean;
  readonly help: boolean;
}

function parse(args: string[]): Options {
  return parseArgs(args, {
    string: ["network", "preset", "data", "seed", "budget", "out"],
    boolean: ["resume", "help"],
    unknown(argument: string) {
      throw new Error(
        `Expected an option that \`deno task train --help\` lists but found ${argument}`,
      );
    },
    default: {
      network: "plain-20,plain-56,resnet-20,resnet-56",
      preset: "smoke",
      data: "auto",
      seed: "0",
    },
  });
}

async function main(args: string[]): Promise<void> {
  const options = parse(args);
  if (options.help) return console.log(HELP);
  // What is wrong is said before anything is loaded.
  const names = options.network.split(",");
  names.forEach((name) => networkByName(name, 3));
  const chosen = preset(options.preset);
  const seed = Number(options.seed);
  checkInteger(seed, "--seed", 0);
  const secondsBudget = options.budget && parseDuration(options.budget);
  const { out, resume } = options;
  if (resume && chosen === "smoke") {
    throw new Error(
      "Expected --preset study or paper with --resume but found smoke, which keeps no checkpoints",
    );
  }
  const backend = await useBackend();
  const dataset = await loadDataset(options.data as DatasetName);
  console.log(`${dataset.name}: ${dataset.source}`);
  using _ = listenForStop();
  // What schedulers send before they end a job.
  let terminated = false;
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", () => terminated = true);
  }
  const stop = () => terminated || stopRequested();
  for (const name of names) {
    if (stop()) break;
    const network = networkByName(name, dataset.channels);
    const run = [dataset.name, network.name, chosen, `seed${seed}`].join("-");
    const checkpoints = {
      directory: checkpointDirectory(recordName(run)),
      resume,
    };
    const { path, record, model } = await labRun({
      network,
      dataset,
      preset: chosen,
      seed,
      backend,
      stopRequested: stop,
      ...chosen !== "smoke" && { checkpoints },
      ...secondsBudget && { secondsBudget },
      ...out !== undefined && { directory: out },
      onProgress: progressPrinter(),
    });
    model.dispose();
    const { final: { testError }, stoppedBy } = record;
    const ended = stoppedBy === "steps" ? "" : `ended by ${stoppedBy}, `;
    console.log(`${network.name}: ${ended}test error ${testError} %, ${path}`);
  }
  if (terminated) Deno.exit(143); // as a shell counts a program so ended
}

/** Prints lines such as "ResNet-56 step 100 of 4000: ..., 3.6 steps a second". */
function progressPrinter(): (progress: Progress) => void {
  let last: { step: number; time: number } | undefined;
  return ({ network, step, steps, curves }) => {
    const time = performance.now();
    const [train, test] = [curves.train.at(-1), curves.test.at(-1)];
    const line = `${network.name} step ${step} of ${steps}: training error ${
      train?.error.toFixed(1)
    } %, test error ${test?.error.toFixed(1)} %`;
    const rate = last && 1000 * (step - last.step) / (time - last.time);
    last = { step, time };
    console.log(
      rate === undefined
        ? line
        : `${line}; ${rate.toPrecision(2)} steps a second, ${
          ((steps - step) / rate / 60).toFixed(0)
        } minutes left`,
    );
  };
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
