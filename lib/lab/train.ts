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
import { type DatasetName, loadDataset } from "../data/load_dataset.ts";
import { cifarPlain, cifarResNet } from "../networks/cifar.ts";
import type { Network } from "../networks/layer.ts";
import { preset } from "../notebook/preset.ts";
import { listenForStop, stopRequested } from "../notebook/stop.ts";
import type { Progress } from "../training/train.ts";
import { checkpointDirectory } from "./checkpoint_directory.ts";
import { labRun } from "./lab_run.ts";
import { parseDuration } from "./parse_duration.ts";

const BUILDERS = { plain: cifarPlain, resnet: cifarResNet };

/** The network that a name such as "resnet-56" stands for. */
export function networkByName(name: string, channels: number): Network {
  const [kind = "", depth = ""] = name.toLowerCase().split("-");
  if (!Object.hasOwn(BUILDERS, kind) || depth === "") {
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
  const backend = await useBackend();
  const dataset = await loadDataset(options.data as DatasetName);
  console.log(`${dataset.name}: ${dataset.source}`);
  const chosen = preset(options.preset);
  const seed = Number(options.seed);
  const { budget, out, resume } = options;
  using _ = listenForStop();
  for (const name of options.network.split(",")) {
    if (stopRequested()) break;
    const network = networkByName(name, dataset.channels);
    const run = [dataset.name, network.name, chosen, `seed${seed}`].join("-");
    const checkpoints = {
      directory: checkpointDirectory(run.toLowerCase()),
      resume,
    };
    const started = { step: 0, time: performance.now() };
    const { path, record, model } = await labRun({
      network,
      dataset,
      preset: chosen,
      seed,
      backend,
      stopRequested,
      ...chosen !== "smoke" && { checkpoints },
      ...budget !== undefined && { secondsBudget: parseDuration(budget) },
      ...out !== undefined && { directory: out },
      onProgress: (progress) => console.log(describe(progress, started)),
    });
    model.dispose();
    const { final: { testError }, stoppedBy } = record;
    const ended = stoppedBy === "steps" ? "" : `ended by ${stoppedBy}, `;
    console.log(`${network.name}: ${ended}test error ${testError} %, ${path}`);
  }
}

/** A line such as "ResNet-56 step 100 of 4000: ..., 3.6 steps a second". */
function describe(
  { network, step, steps, curves }: Progress,
  started: { step: number; time: number },
): string {
  // The first point of a run that goes on tells where this process began.
  const before = curves.train.at(-2)?.step ?? 0;
  if (started.step === 0 && before > 0) started.step = before;
  const seconds = (performance.now() - started.time) / 1000;
  const rate = (step - started.step) / seconds;
  const [train, test] = [curves.train.at(-1), curves.test.at(-1)];
  return `${network.name} step ${step} of ${steps}: training error ${
    train?.error.toFixed(1)
  } %, test error ${test?.error.toFixed(1)} %; ${
    rate.toPrecision(2)
  } steps a second, ${((steps - step) / rate / 60).toFixed(0)} minutes left`;
}

if (import.meta.main) await main(Deno.args);
