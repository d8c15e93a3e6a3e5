import { join } from "@std/path";
import * as z from "zod";
import { paperRow } from "../../lib/paper/paper_table.ts";
import { R15_TABLE_6 } from "../../lib/paper/r15_cifar.ts";
import { projectRoot } from "../../lib/setup/project.ts";
import { PAPER_STEPS } from "../../lib/training/recipe.ts";
import { benchmarksFolder } from "./folders.ts";

/** ResNet-20's test error in R15, table 6, in percent. */
const PAPER_ERROR = paperRow(R15_TABLE_6, "ResNet-20").error;

/** Part of the time that is for training; the rest is for evaluation. */
const TRAINING_SHARE = 0.8;

const trainedSchema = z.object({
  dataset: z.string(),
  steps: z.number(),
  seconds: z.number(),
  millisecondsPerStep: z.number(),
  trainError: z.number(),
  testError: z.number(),
  testImages: z.number(),
  stoppedBy: z.string(),
});

/** What a training at the paper's recipe gave. */
export type Trained = z.infer<typeof trainedSchema>;

/** How long {@linkcode trainPaperRecipe} may take. */
export interface TrainingTime {
  /** Whether to make a few steps only. */
  readonly quick: boolean;
  readonly minutes: number;
  /** What a step is expected to take. */
  readonly millisecondsPerStep: number;
}

/**
 * Trains ResNet-20 at the paper's recipe: all 64,000 steps if the time allows
 * them, else as many as it does, with the schedule scaled to them.
 */
export async function trainPaperRecipe(
  { quick, minutes, millisecondsPerStep }: TrainingTime,
): Promise<{ text: string; data: Trained }> {
  const possible = Math.floor(
    TRAINING_SHARE * minutes * 60_000 / millisecondsPerStep,
  );
  const steps = quick ? 8 : Math.min(PAPER_STEPS, Math.max(possible, 100));
  const worker = join(benchmarksFolder(), "train_worker.ts");
  const seconds = Math.max(60 * minutes, 30);
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", worker, String(steps), String(quick ? 8 : 128)],
      String(seconds),
    ],
    cwd: projectRoot(),
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("Training ResNet-20 failed");
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  const trained = trainedSchema.parse(JSON.parse(lines.at(-1) ?? ""));
  return { text: describe(trained), data: trained };
}

function describe(trained: Trained): string {
  const { steps, seconds, trainError, testError, dataset } = trained;
  const schedule = steps === PAPER_STEPS
    ? "the paper's recipe"
    : `the paper's recipe scaled from ${PAPER_STEPS} to ${steps} steps`;
  return [
    `ResNet-20 on ${dataset} at ${schedule}: test error ${
      testError.toFixed(2)
    } % on ${trained.testImages} images (R15: ${PAPER_ERROR} % on CIFAR-10), training error ${
      trainError.toFixed(2)
    } %`,
    `in ${seconds.toFixed(0)} s, ${
      trained.millisecondsPerStep.toFixed(2)
    } ms a step; ended by: ${trained.stoppedBy}.`,
  ].join(", ");
}
