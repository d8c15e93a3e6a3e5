import { z } from "zod";
import { PRECISIONS } from "../backends/precision.ts";
import { quoted } from "../data/quoted.ts";
import { PRESETS } from "../training/preset_names.ts";
import {
  AUGMENTATIONS,
  DECAY_ON,
  INITIALISER_NAMES,
  PLATEAUS_ON,
} from "../training/recipe.ts";

const count = z.int().min(0);
const positiveCount = z.int().min(1);
const positive = z.number().positive();
const words = z.string().min(1);

/** The learning rate at the start, and for how long. */
export const WarmUp = z.union([
  z.strictObject({ learningRate: positive, steps: positiveCount }),
  z.strictObject({
    learningRate: positive,
    untilTrainError: z.number().min(0).max(100),
    overSteps: positiveCount,
  }),
]);

/** When the learning rate falls for standing still. */
export const Plateau = z.strictObject({
  on: z.enum(PLATEAUS_ON),
  patience: positiveCount,
});

/** Settings of a recipe that a run may have otherwise. */
const changes = {
  steps: positiveCount.exactOptional(),
  batchSize: positiveCount.exactOptional(),
  learningRate: positive.exactOptional(),
  milestones: z.array(count).exactOptional(),
  momentum: z.number().min(0).lt(1).exactOptional(),
  weightDecay: z.number().min(0).exactOptional(),
  decayOn: z.enum(DECAY_ON).exactOptional(),
  warmUp: WarmUp.exactOptional(),
  plateau: Plateau.exactOptional(),
  /** Training images set aside, to choose by. */
  validationImages: count.exactOptional(),
  augmentation: z.enum(AUGMENTATIONS).exactOptional(),
  initialiser: z.enum(INITIALISER_NAMES).exactOptional(),
  /** Numbers that training steps compute with. */
  precision: z.enum(PRECISIONS).exactOptional(),
};

/** All that it takes to make a run: names, and what is not as they say. */
export const RunSpec = z.strictObject({
  /** Such as "cifar-resnet-20:shortcut=B". */
  network: words,
  /** A recipe's name. */
  recipe: words.default("cifar"),
  preset: z.enum(PRESETS, {
    error: ({ input }) =>
      `expected one of ${PRESETS.map(quoted).join(", ")} but found ${
        quoted(input)
      }`,
  }).default("smoke"),
  /** A data set's name, such as "cifar10", or "auto". */
  data: words.default("auto"),
  seed: count.max(2 ** 32 - 1).default(0),
  ...changes,
});

/** All that it takes to make a run: names, and what is not as they say. */
export type RunSpec = z.output<typeof RunSpec>;

/** A run as one writes it down: what is left out is the default. */
export type RunSpecInput = z.input<typeof RunSpec>;

/** What a run has otherwise than its recipe at its preset. */
export type RecipeChanges = Omit<
  RunSpec,
  "network" | "recipe" | "preset" | "data" | "seed"
>;

/** The part of a run that changes its recipe. */
export function changesOf(spec: RunSpec): RecipeChanges {
  const {
    network: _,
    recipe: __,
    preset: ___,
    data: ____,
    seed: _____,
    ...rest
  } = spec;
  return rest;
}

/**
 * Reads a run that someone wrote down.
 *
 * @param name What to call it in the error, such as "entry 3 of sweep.json".
 * @throws {TypeError} If it is none; each field that is wrong is named.
 *
 * @example What is left out
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseRunSpec } from "./run_spec.ts";
 *
 * assertEquals(parseRunSpec({ network: "resnet-20", steps: 40 }, "the run"), {
 *   network: "resnet-20",
 *   recipe: "cifar",
 *   preset: "smoke",
 *   data: "auto",
 *   seed: 0,
 *   steps: 40,
 * });
 * ```
 */
export function parseRunSpec(value: unknown, name: string): RunSpec {
  const result = RunSpec.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) =>
    `\n  ${path.join(".") || "the whole"}: ${message}`
  );
  throw new TypeError(`${name} is not a run:${lines.join("")}`);
}
