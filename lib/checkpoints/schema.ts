import { z } from "zod";

const count = z.int().min(0);
const words = z.string().min(1);

/** A number that JSON may have no way to write. */
const number = z.union([
  z.number(),
  z.enum(["NaN", "Infinity", "-Infinity"]).transform(Number),
]);

const Point = z.strictObject({ step: count, loss: number, error: number });

const Schedule = z.strictObject({
  warmedUpAt: count.nullable(),
  window: z.strictObject({ steps: count, images: count, mistakes: count }),
  lowest: number.nullable(),
  pointsSince: count,
  drops: z.array(count).readonly(),
});

const Best = z.strictObject({ step: count, error: number });

/**
 * What a run is, as far as its numbers depend on it: a checkpoint of another
 * run is no place to go on from.
 */
export const RunIdentity = z.strictObject({
  network: words,
  /** Checksum of the network's description. */
  description: words,
  /** The data set's checksum. */
  data: words,
  seed: count,
  /** What computes, such as "tensorflow". */
  backend: words,
  /** The recipe, and how often the curves have a point. */
  recipe: z.record(z.string(), z.json()),
  /** Checksum of the values it starts from; missing if they are drawn. */
  startsFrom: words.optional(),
});

/** What a run is, as far as its numbers depend on it. */
export type RunIdentity = z.infer<typeof RunIdentity>;

/** How far a run has come, without its tensors. */
export const RunProgress = z.strictObject({
  /**
   * When the run began, as ISO 8601 in UTC; checkpoints from before it was noted
   * have none.
   */
  begunAt: z.iso.datetime().optional(),
  /** Updates made. */
  step: count,
  curves: z.strictObject({
    train: z.array(Point),
    test: z.array(Point),
    validation: z.array(Point).optional(),
  }),
  /** Sums over the steps since the curve's last point. */
  sums: z.strictObject({
    steps: count,
    images: count,
    loss: number,
    mistakes: count,
  }),
  /** What the schedule of the learning rate remembers. */
  schedule: Schedule.optional(),
  /** The point of the lowest validation error. */
  best: Best.optional(),
  /** Seconds that the run has taken. */
  seconds: z.number().min(0),
  /**
   * Files that were left out since they could not be decoded, by their places
   * below the data set's folder; checkpoints of data in memory have none.
   */
  leftOut: z.array(words).optional(),
  /**
   * What the run has run on, one after another; checkpoints of runs that were
   * not told have none.
   */
  ranOn: z.array(words).optional(),
  /** Median time of a step in milliseconds. */
  millisecondsPerStep: z.number().min(0).optional(),
});

/** How far a run has come, without its tensors. */
export type RunProgress = z.infer<typeof RunProgress>;

/** What a checkpoint's JSON file holds. */
export const CheckpointFile = z.strictObject({
  /** Version of this schema. */
  schema: z.literal(1),
  run: RunIdentity,
  progress: RunProgress,
  /** The file beside it that holds the tensors. */
  tensors: z.strictObject({
    file: z.string().regex(/^step-\d+\.safetensors$/),
    /** In hexadecimal. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});
