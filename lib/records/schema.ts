import { z } from "zod";
import { PRECISIONS } from "../backends/precision.ts";
import { PRESETS } from "../training/preset_names.ts";
import { DECAY_ON, INITIALISER_NAMES } from "../training/recipe.ts";
import { Plateau, RunSpec } from "./run_spec.ts";

const count = z.int().min(0);
const positiveCount = z.int().min(1);
const positive = z.number().positive();
const words = z.string().min(1);

const STEPS_RISE = "Expected each step to be greater than the one before";

/** An error in percent of the images. */
const percent = z.number().min(0).max(100);

const Network = z.strictObject({
  /** The name by which papers and tables know it, such as "ResNet-56". */
  name: words,
  /** Weighted layers. */
  depth: positiveCount,
  /** Trainable parameters. */
  parameters: positiveCount,
  /** Multiply-adds for one image. */
  multiplyAdds: positiveCount,
  /** What it is made of, in words. */
  description: words,
});

const Data = z.strictObject({
  name: words,
  /** The data set's checksum, `sha256:` and 64 hexadecimal digits. */
  checksum: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  trainImages: positiveCount,
  testImages: positiveCount,
  /** Images that were set aside, not learnt from, to choose by. */
  validationImages: positiveCount.optional(),
  /** How training images are changed, in words. */
  augmentation: words,
});

const Rate = z.strictObject({ step: count, learningRate: positive });

const Warmup = z.union([
  /** Until the training error is below so many percent. */
  z.strictObject({
    learningRate: positive,
    untilTrainError: percent,
    /** Mini-batches that it is measured over. */
    overSteps: positiveCount.optional(),
  }),
  /** For so many steps. */
  z.strictObject({ learningRate: positive, steps: positiveCount }),
]);

const Hyperparameters = z.strictObject({
  batchSize: positiveCount,
  /** Steps that the recipe has; a run may stop earlier. */
  steps: positiveCount,
  /** The rate at the start, a warm-up left out. */
  learningRate: positive,
  /** From which step on which rate holds. */
  schedule: z.array(Rate).refine(stepsRise, STEPS_RISE),
  momentum: z.number().min(0).lt(1),
  weightDecay: z.number().min(0),
  /** Which parameters decay: all of them, or kernels only. */
  weightDecayOn: z.enum(DECAY_ON),
  warmup: Warmup.optional(),
  /** When the rate falls besides, for standing still. */
  plateau: Plateau.optional(),
  /** Training images set aside, if any. */
  validationImages: positiveCount.optional(),
  /** Missing for padded, cropped and mirrored images. */
  augmentation: z.literal("none").optional(),
  /** Missing for He's. */
  initialiser: z.enum(INITIALISER_NAMES).exclude(["he"]).optional(),
  /** What training steps compute with; missing for float32. */
  precision: z.enum(PRECISIONS).exclude(["float32"]).optional(),
});

const Hardware = z.strictObject({
  cpu: words,
  /**
   * The CPU's widest vector instructions, such as "AVX2", where they are known.
   * Kernels, and so the last bits, depend on them.
   */
  instructions: words.optional(),
  /** Logical cores. */
  cores: positiveCount,
  memoryBytes: positiveCount,
  /** GPUs in the machine, used or not. */
  gpu: words.nullable(),
  /** What the run was computed on. */
  device: words,
  /** What else the machine was doing. */
  load: words.optional(),
});

const Software = z.strictObject({
  deno: words,
  tfjs: words,
  /** The name of TensorFlow.js's backend. */
  backend: words,
  /** What computed the steps, such as "TensorFlow 2.21.0 (traced, no XLA)". */
  engine: words,
  os: words,
});

const Point = z.strictObject({
  step: count,
  /** Mean cross entropy in nats, weight decay left out. */
  loss: z.number().min(0),
  error: percent,
});

const Curve = z.array(Point).refine(stepsRise, STEPS_RISE);

const Final = z.strictObject({
  /** `null` where nothing was measured, or what was is not a finite number. */
  trainLoss: z.number().min(0).nullable(),
  trainError: percent.nullable(),
  testLoss: z.number().min(0).nullable(),
  testError: percent,
  /** The class is none of the five most probable: of photographs. */
  testTop5Error: percent.optional(),
  /** Which images and views these are over, in words. */
  evaluatedOn: words,
});

const Best = z.strictObject({
  /** Updates made before the point of the curve. */
  step: count,
  /** On the images set aside. */
  validationError: percent,
  /** What it was chosen on, in words: never test images. */
  chosenOn: words,
});

/**
 * What a training run leaves behind: enough to repeat it, and what came out.
 *
 * Every number is finite. A run that stopped at a number that is not keeps the
 * last ones that were.
 */
export const RunRecord = z.strictObject({
  /** Version of this schema. */
  schema: z.literal(1),
  /** The record's name, and its file's without `.json`. */
  id: z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/),
  /** When the run ended, as ISO 8601 in UTC. */
  createdAt: z.iso.datetime(),
  network: Network,
  data: Data,
  seed: count.max(2 ** 32 - 1),
  /**
   * Checksum of all that the numbers depend on but the machine: two records of
   * one are of the same run.
   */
  identity: z.string().regex(/^sha256:[0-9a-f]{64}$/).optional(),
  /**
   * What makes the run again: the network's and the recipe's names and what was
   * otherwise; missing if the network was made by hand.
   */
  run: RunSpec.optional(),
  /** What it went on from, in words; missing if from drawn values. */
  startedFrom: words.optional(),
  /** "custom" if it is not the preset's recipe, or if it went on from a run. */
  preset: z.enum([...PRESETS, "custom"]),
  hyperparameters: Hyperparameters,
  hardware: Hardware,
  software: Software,
  /**
   * What the run ran on, one after another, if it was stopped and went on
   * elsewhere: `hardware` and `software` are of the last.
   */
  ranOn: z.array(words).min(2).optional(),
  curves: z.strictObject({
    /** Means over the steps since the point before. */
    train: Curve,
    /** Over the test images as they are. */
    test: Curve,
    /** Over the images set aside, as they are. */
    validation: Curve.optional(),
  }),
  final: Final,
  /**
   * The point of the lowest validation error; where checkpoints are written, its
   * own is kept.
   */
  best: Best.optional(),
  /** When measured errors changed the learning rate, if they could. */
  rateChanges: z.strictObject({
    /** Update from which on the warm-up was over; `null` if it never was. */
    warmedUpAt: count.nullable(),
    /** Updates from which on the rate was divided by 10. */
    drops: z.array(count),
  }).optional(),
  wallTimeSeconds: z.number().min(0),
  millisecondsPerStep: z.number().min(0),
  stoppedBy: z.enum(["steps", "time budget", "user", "not a finite number"]),
  /** What a reader should know besides. */
  notes: z.array(words),
});

/** What a training run leaves behind. */
export type RunRecord = z.infer<typeof RunRecord>;

/** The machine that a run ran on. */
export type Hardware = RunRecord["hardware"];

/** The programs that a run ran with. */
export type Software = RunRecord["software"];

/** One point of a curve. */
export type CurvePoint = z.infer<typeof Point>;

function stepsRise(points: readonly { step: number }[]): boolean {
  return points.every((point, i) =>
    i === 0 || points[i - 1]!.step < point.step
  );
}
