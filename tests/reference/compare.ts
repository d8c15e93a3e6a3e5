import { places } from "./formula.ts";
import type {
  ReferenceCase,
  ReferenceStep,
  Summary,
} from "./reference_file.ts";
import type { Outcome, OutcomeStep } from "./run_reference.ts";

/** How far a value is from PyTorch's. */
export interface Difference {
  /** Such as "the gradient of conv/kernel, its norm". */
  readonly of: string;
  readonly found: number;
  readonly expected: number;
  /** The difference as a part of what is tolerated: up to 1 is equal. */
  readonly parts: number;
}

/** Differences of logits, and of losses, these as a part of a loss above 1. */
export const LOGIT_TOLERANCE = 1e-4;

/**
 * Differences of logits as a part of the largest one, where that is more: where
 * it is above 25. Such values arise in evaluation, with running statistics that
 * are not those of the images. float32 rounds each layer's to 6e-8 of themselves,
 * and what dozens of layers add up to is about 1.5e-6 of the largest logit, for
 * AlexNet and ResNet-200 alike.
 */
export const LOGIT_ROUNDING = 4e-6;

/**
 * Differences of a gradient's norm, as a part of it, and of a gradient's value,
 * as a part of the root mean square of the tensor's values or of itself, what is
 * larger.
 */
export const GRADIENT_TOLERANCE = 1e-3;

/** Differences of running statistics, likewise. */
export const STATISTIC_TOLERANCE = 1e-4;

/**
 * Compares what our network gives with PyTorch.
 *
 * @throws {Error} If one of them has a tensor that the other one has not.
 */
export function differences(
  outcome: Outcome,
  expected: ReferenceCase,
): Difference[] {
  const inEvaluation = ofLogits(
    "the logits in evaluation",
    outcome.evaluation,
    expected.evaluation.logits,
  );
  return outcome.training === undefined || expected.training === undefined
    ? inEvaluation
    : [...inEvaluation, ...ofStep(outcome.training, expected.training)];
}

function ofStep(found: OutcomeStep, expected: ReferenceStep): Difference[] {
  return [
    ...ofLogits("the logits in training", found.logits, expected.logits),
    difference("the loss", found.loss, expected.loss, {
      tolerance: LOGIT_TOLERANCE,
      scale: Math.max(1, Math.abs(expected.loss)),
    }),
    ...ofTensors(
      "the gradient of",
      found.gradients,
      expected.gradients,
      GRADIENT_TOLERANCE,
    ),
    ...ofTensors(
      "a step's",
      found.running,
      expected.running,
      STATISTIC_TOLERANCE,
    ),
  ];
}

function ofLogits(
  of: string,
  found: Float32Array,
  logits: readonly (readonly number[])[],
): Difference[] {
  const expected = logits.flat();
  checkSize(of, found.length, expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  const tolerance = Math.max(LOGIT_TOLERANCE, LOGIT_ROUNDING * largest);
  return expected.map((value, i) =>
    difference(`${of}, number ${i}`, found[i]!, value, { tolerance, scale: 1 })
  );
}

function ofTensors(
  of: string,
  found: ReadonlyMap<string, Float32Array>,
  expected: Readonly<Record<string, Summary>>,
  tolerance: number,
): Difference[] {
  checkNames([...found.keys()], Object.keys(expected));
  return Object.entries(expected).flatMap(([name, [norm, ...values]]) => {
    const tensor = found.get(name)!;
    const typical = norm / Math.sqrt(tensor.length);
    return [
      difference(`${of} ${name}, its norm`, normOf(tensor), norm, {
        tolerance,
        scale: norm,
      }),
      ...places(name, tensor.length, values.length).map((place, i) =>
        difference(
          `${of} ${name}, value ${place}`,
          tensor[place]!,
          values[i]!,
          {
            tolerance,
            scale: Math.max(typical, Math.abs(values[i]!)),
          },
        )
      ),
    ];
  });
}

function difference(
  of: string,
  found: number,
  expected: number,
  { tolerance, scale }: { tolerance: number; scale: number },
): Difference {
  const parts = Math.abs(found - expected) / (tolerance * scale);
  // NaN is as far off as can be.
  return { of, found, expected, parts: parts >= 0 ? parts : Infinity };
}

function normOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

function checkNames(ours: readonly string[], theirs: readonly string[]): void {
  const [first] = new Set(ours).symmetricDifference(new Set(theirs));
  if (first === undefined) return;
  const has = ours.includes(first) ? "ours" : "PyTorch's";
  throw new Error(`Expected the same tensors but only ${has} has ${first}`);
}

function checkSize(of: string, found: number, expected: number): void {
  if (found === expected) return;
  throw new Error(`Expected ${expected} numbers in ${of} but found ${found}`);
}
