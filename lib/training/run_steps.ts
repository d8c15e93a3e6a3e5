import type { RunProgress } from "../checkpoints/schema.ts";
import type { Model } from "../networks/model.ts";
import type { Evaluation, Evaluator } from "./evaluate.ts";
import type { RunCheckpoints } from "./run_checkpoints.ts";
import { pointsOf } from "./run_identity.ts";
import { Schedule } from "./schedule.ts";
import { type CurvePoint, StepSums } from "./step_sums.ts";
import { NonFiniteError, type StepNumbers } from "./stepper.ts";
import type { StoppedBy, TrainOptions, TrainResult } from "./train.ts";

/** How the steps of a run went. */
export type Run = Omit<
  TrainResult,
  | "model"
  | "final"
  | "seconds"
  | "identity"
  | "leftOut"
  | "begunAt"
  | "resumed"
  | "ranOn"
>;

/** Makes one update after another: a {@linkcode Stepper} of any draws. */
export interface Steps {
  /** Number of updates made. */
  readonly steps: number;
  /** Whether the network is as they left it: not where one broke off. */
  readonly isWhole: boolean;
  /** Makes the next update. */
  next(learningRate: number): Promise<StepNumbers>;
}

/** What a run is made with. */
export interface Parts {
  readonly model: Model;
  readonly stepper: Steps;
  readonly judge: Evaluator;
  /** Judges on the images set aside, if there are some. */
  readonly chooser: Evaluator | undefined;
  /** Seconds that the run has taken. */
  readonly watch: () => number;
  readonly checkpoints: RunCheckpoints | undefined;
  /** How far an earlier process came with the run. */
  readonly begun: RunProgress | undefined;
  /** When the run began, in whichever process. */
  readonly begunAt: string;
  /** Files that were left out so far, if any are read. */
  readonly leftOut: ReadonlySet<string> | undefined;
}

/**
 * Trains, a step at a time, and evaluates at the points of the curves, until all
 * steps are made or something ends the run before.
 */
export async function runSteps(
  options: TrainOptions,
  parts: Parts,
): Promise<Run> {
  const { model, stepper, judge, chooser, watch, checkpoints } = parts;
  const { begun, begunAt, leftOut } = parts;
  const { network, recipe, onProgress, onStep, stopRequested } = options;
  const { pointEvery, testImages } = pointsOf(options);
  const curves = {
    train: [...begun?.curves.train ?? []],
    test: [...begun?.curves.test ?? []],
    ...chooser && { validation: [...begun?.curves.validation ?? []] },
  };
  const schedule = new Schedule(recipe, begun?.schedule);
  let best = begun?.best;
  const sums = new StepSums(begun?.sums);
  const times: number[] = [];
  // A run that was whole already makes no step that could be timed.
  const millisecondsPerStep = () =>
    times.length > 0 ? median(times) : begun?.millisecondsPerStep ?? 0;
  const end = watch() + (options.secondsBudget ?? Infinity);
  const progress = (): RunProgress => ({
    begunAt,
    step: stepper.steps,
    curves,
    sums: sums.sums,
    schedule: schedule.state,
    ...best && { best },
    seconds: watch(),
    ...leftOut && { leftOut: [...leftOut] },
    millisecondsPerStep: millisecondsPerStep(),
  });
  /** The step that curves and sums know of. */
  let counted = stepper.steps;
  // On a GPU a step that is made again may fail before the one that did: what is
  // counted is of a network that is no more then.
  const isCounted = () => stepper.steps === counted;
  const ended = async (stoppedBy: StoppedBy, failure?: string) => {
    if (isCounted()) await checkpoints?.write(progress());
    // What was trained since the last point is a point too.
    if (sums.sums.steps > 0) curves.train.push(sums.take(counted));
    const { warmedUpAt, drops } = schedule.state;
    return {
      curves,
      stoppedBy,
      ...best && { best },
      rateChanges: { warmedUpAt, drops },
      ...failure === undefined ? {} : { failure },
      millisecondsPerStep: millisecondsPerStep(),
      steps: stepper.steps,
      testImages,
    };
  };
  /** What is trained stays, if what comes next cannot be read or judged. */
  const orKeep = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (stepper.isWhole && isCounted()) {
        await checkpoints?.write(progress()).catch((cause) => {
          // It is not what the run fails by.
          console.warn(`Could not write a checkpoint: ${cause}`);
        });
      }
      throw error;
    }
  };
  let rate = schedule.rateAt(stepper.steps);
  while (true) {
    const step = stepper.steps;
    const isPoint = step % pointEvery === 0 || step === recipe.steps;
    if (isPoint && sums.sums.steps > 0) {
      const tested = await orKeep(judge.run(testImages, stopRequested));
      if (tested.stopped) return await ended("user");
      const chosen = chooser &&
        await orKeep(chooser.run(undefined, stopRequested));
      if (chosen?.stopped) return await ended("user");
      const trained = sums.take(step);
      curves.train.push(trained);
      curves.test.push(pointOf(step, tested));
      if (chosen) curves.validation?.push(pointOf(step, chosen));
      const { on } = recipe.plateau ?? {};
      const watched = on === "validation" ? chosen : trained;
      if (watched) schedule.sawPoint(step, watched.error);
      if (chosen && !(chosen.error >= (best?.error ?? Infinity))) {
        best = { step, error: chosen.error };
        await checkpoints?.write(progress());
      }
      await onProgress?.({
        network,
        model,
        step,
        steps: recipe.steps,
        learningRate: rate,
        seconds: watch(),
        curves,
      });
    }
    if (step >= recipe.steps) return await ended("steps");
    if (stopRequested?.()) return await ended("user");
    if (watch() > end) return await ended("time budget");
    await checkpoints?.writeIfDue(progress, step);
    try {
      rate = schedule.rateAt(step);
      const made = await orKeep(stepper.next(rate));
      const { loss, mistakes, images, milliseconds } = made;
      times.push(milliseconds);
      sums.add(loss, mistakes, images);
      schedule.sawBatch(step + 1, mistakes, images);
      counted = stepper.steps;
      onStep?.(step + 1, milliseconds);
    } catch (error) {
      if (!(error instanceof NonFiniteError)) throw error;
      return await ended("not a finite number", error.message);
    }
  }
}

function pointOf(step: number, { loss, error }: Evaluation): CurvePoint {
  return { step, loss, error };
}

/** The middle one of `values`; 0 if there is none. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
