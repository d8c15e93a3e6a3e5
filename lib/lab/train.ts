/**
 * Trains networks and leaves a lab record of each, without a notebook:
 *
 *     deno task train --network cifar-resnet-20 --preset study --seed 0
 *
 * `--help` lists the options.
 *
 * @module
 */
import { type BackendInUse, useBackend } from "../backends/use_backend.ts";
import type { TrainingData } from "../data/training_data.ts";
import { BrokenImageError } from "../images/decode_image.ts";
import { standardError } from "../setup/progress.ts";
import { listenForStop, stopRequested } from "../notebook/stop.ts";
import { runName } from "../records/run_name.ts";
import type { RunSpec } from "../records/run_spec.ts";
import type { RunRecord } from "../records/schema.ts";
import { afterBrokenImage } from "./after_broken_image.ts";
import { datasetLoader, loadTrainingData } from "./dataset_loader.ts";
import { howToGoOn } from "./how_to_go_on.ts";
import { ProgressLine } from "./progress_line.ts";
import { rerun } from "./rerun.ts";
import { runNamed, type RunNamedOptions } from "./run_named.ts";
import {
  HELP,
  listText,
  parseTrainArguments,
  type TrainArguments,
} from "./train_options.ts";

/** What one run after another is made with. */
interface Laboratory {
  readonly backend: BackendInUse;
  readonly stop: () => boolean;
  readonly options: TrainArguments;
  readonly datasetOf: (name: string) => Promise<TrainingData>;
}

/** @returns The exit code. */
async function main(args: string[]): Promise<number> {
  // What is wrong is said before anything is loaded.
  const options = await parseTrainArguments(args);
  if (options.help || options.list) {
    console.log(options.help ? HELP : listText());
    return 0;
  }
  const backend = await useBackend();
  using _ = listenForStop();
  // What schedulers send before they end a job.
  let terminated = false;
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", () => terminated = true);
  }
  const stop = () => terminated || stopRequested();
  const { onBroken } = options;
  const datasetOf = datasetLoader((name) =>
    loadTrainingData(name, { onBroken })
  );
  const laboratory = { backend, stop, options, datasetOf };
  const failed = options.fromRecord === undefined
    ? await runAll(laboratory)
    : await repeat(options.fromRecord, laboratory);
  // As a shell counts a program that a signal ended: what comes next in a
  // script is not to take the runs for done.
  if (terminated) return 143;
  if (stopRequested()) return 130;
  return failed ? 1 : 0;
}

/** @returns Whether one failed. */
async function runAll(laboratory: Laboratory): Promise<boolean> {
  const { runs, sweep } = laboratory.options;
  const failures: string[] = [];
  for (const [i, run] of runs.entries()) {
    if (laboratory.stop()) break;
    if (sweep) console.log(`Run ${i + 1} of ${runs.length}: ${inShort(run)}`);
    try {
      await runOne(run, laboratory);
    } catch (error) {
      const reason = inWords(error, run);
      if (!sweep) throw new Error(reason, { cause: error });
      console.error(`${inShort(run)} failed: ${reason}`);
      failures.push(inShort(run));
    }
  }
  if (failures.length > 0) {
    console.error(
      `${failures.length} of ${runs.length} runs failed:\n  ${
        failures.join("\n  ")
      }`,
    );
  }
  return failures.length > 0;
}

async function runOne(run: RunSpec, laboratory: Laboratory): Promise<void> {
  const { datasetOf, options: { resume } } = laboratory;
  const dataset = await datasetOf(run.data);
  const { record, path } = await withLine(
    laboratory,
    (told) => runNamed(run, { ...told, dataset, resume }),
  );
  const { network, hyperparameters } = record;
  const name = runName(network.name, hyperparameters.precision);
  console.log(
    path === undefined
      ? `${name}: done already, see the lab record ${record.id}`
      : `${name}: ${resultOf(record)}, ${path}`,
  );
  const goOn = howToGoOn(run, record.stoppedBy, Deno.args);
  if (goOn !== undefined) console.log(`To go on: ${goOn}`);
}

/** @returns Whether the curves differ. */
async function repeat(file: string, laboratory: Laboratory): Promise<boolean> {
  const { lines, same } = await withLine(
    laboratory,
    (told) => rerun(file, { ...told, datasetOf: laboratory.datasetOf }),
  );
  console.log(lines.join("\n"));
  return !same;
}

/** Does something that tells how it goes. */
async function withLine<T>(
  { backend, stop, options: { out, secondsBudget } }: Laboratory,
  work: (options: Omit<RunNamedOptions, "dataset">) => Promise<T>,
): Promise<T> {
  let line: ProgressLine | undefined;
  const { device } = backend;
  try {
    return await work({
      backend,
      stopRequested: stop,
      ...out !== undefined && { directory: out },
      ...secondsBudget !== undefined && { secondsBudget },
      onBegin(name, steps) {
        line = new ProgressLine({ output: standardError, name, device });
        line.begin(steps);
      },
      onStep: (step) => line?.step(step),
      onProgress: (progress) => line?.point(progress),
    });
  } finally {
    line?.end();
  }
}

/** Such as "cifar-resnet-20, cifar, study, cifar10, seed 0, steps 4000". */
function inShort(run: RunSpec): string {
  const { network, recipe, preset, data, seed, ...changes } = run;
  const others = Object.entries(changes).map(([key, value]) =>
    `${key} ${typeof value === "object" ? JSON.stringify(value) : value}`
  );
  return [network, recipe, preset, data, `seed ${seed}`, ...others].join(", ");
}

function resultOf({ final, best, stoppedBy }: RunRecord): string {
  const ended = stoppedBy === "steps" ? "" : `ended by ${stoppedBy}, `;
  const lowest = best === undefined
    ? ""
    : `lowest validation error ${best.validationError} % at step ${best.step}, `;
  const { testError, testTop5Error } = final;
  const top5 = testTop5Error === undefined ? "" : `, top-5 ${testTop5Error} %`;
  return `${ended}${lowest}test error ${testError} %${top5}`;
}

/** What an error says, and what to do about it in a run that was asked for. */
function inWords(error: unknown, run?: RunSpec): string {
  const reason = error instanceof Error ? error.message : String(error);
  if (!(error instanceof BrokenImageError)) return reason;
  return `${reason}\nWhat to do: ${afterBrokenImage(error, run)}.`;
}

if (import.meta.main) {
  try {
    const code = await main(Deno.args);
    if (code !== 0) Deno.exit(code);
  } catch (error) {
    console.error(inWords(error));
    Deno.exit(1);
  }
}
