import { jsonChecksum } from "../data/json_checksum.ts";
import { trainingPreset } from "../lab/presets.ts";
import { checkRun } from "../lab/sweep.ts";
import { networkByName } from "../networks/network_by_name.ts";
import { changesOf, parseRunSpec } from "../records/run_spec.ts";

/** A run of a sweep, as far as exercise 6 looks at it. */
export interface PlannedRun {
  readonly network: string;
  readonly seed?: number;
  readonly preset?: string;
  readonly steps?: number;
}

/** Fewer steps than these are a look at the first steps. */
const LEAST_STEPS = 1000;

/**
 * What makes a sweep that is to compare option A with option B unfair, in words
 * for the reader; `undefined` if it is fair.
 */
export function faultOfPlan(sweep: readonly PlannedRun[]): string | undefined {
  const bySeeds = new Map<string, number[]>();
  const recipes = new Set<string>();
  for (const [i, run] of sweep.entries()) {
    try {
      const where = `Run ${i + 1} of the list`;
      const spec = checkRun(parseRunSpec(run, where), where);
      const { network, seed, ...recipe } = spec;
      const { name } = networkByName(network);
      bySeeds.set(name, [...bySeeds.get(name) ?? [], seed].sort());
      recipes.add(jsonChecksum(recipe));
    } catch (error) {
      if (error instanceof Error) return error.message;
      throw error;
    }
  }
  const [a, b] = [...bySeeds.keys()].sort((x, y) => x.length - y.length);
  if (bySeeds.size !== 2 || b !== `${a} B`) {
    return `Two networks are asked for, such as ResNet-20 and ResNet-20 B: these are ${
      [...bySeeds.keys()].join(", ")
    }`;
  }
  const [seeds, others] = [bySeeds.get(a!)!, bySeeds.get(b)!];
  if (seeds.join() !== others.join()) {
    return "Give both networks the same seeds: else one has better luck";
  }
  if (new Set(seeds).size < seeds.length) {
    return "The same seed twice is the same run twice";
  }
  if (seeds.length < 2) {
    return "One seed each has no spread: how would you know what is luck?";
  }
  if (recipes.size > 1) {
    return "All runs by one recipe: else that is what they compare";
  }
  return faultOfRecipe(sweep[0]!);
}

function faultOfRecipe(run: PlannedRun): string | undefined {
  if (run.preset === undefined) {
    return "Without a preset these are runs of a minute (smoke): name one";
  }
  const spec = parseRunSpec(run, "The run");
  if (spec.preset === "smoke") {
    return "The preset smoke is a look at the first steps: name study or paper";
  }
  const { steps } = trainingPreset(spec.preset, changesOf(spec)).recipe;
  return steps < LEAST_STEPS
    ? `Of ${steps} steps a run has hardly begun: take ${LEAST_STEPS} or more`
    : undefined;
}
