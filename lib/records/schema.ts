import { z } from "zod";

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
  /** How training images are changed, in words. */
  augmentation: words,
});

const Rate = z.strictObject({ step: count, learningRate: positive });

const Warmup = z.union([
  /** Until the training error is below so many percent. */
  z.strictObject({ learningRate: positive, untilTrainError: percent }),
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
  weightDecayOn: z.enum(["all", "kernels"]),
  warmup: Warmup.optional(),
});

const Hardware = z.strictObject({
  cpu: words,
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
  /** Which images and views these are over, in words. */
  evaluatedOn: words,
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
  /** What it went on from, in words; missing if from drawn values. */
  startedFrom: words.optional(),
  /** "custom" if it is not the preset's recipe, or if it went on from a run. */
  preset: z.enum(["smoke", "study", "paper", "custom"]),
  hyperparameters: Hyperparameters,
  hardware: Hardware,
  software: Software,
  curves: z.strictObject({
    /** Means over the steps since the point before. */
    train: Curve,
    /** Over the test images as they are. */
    test: Curve,
  }),
  final: Final,
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
