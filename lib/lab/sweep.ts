import { datasetName } from "../data/load_dataset.ts";
import { networkByName } from "../networks/network_by_name.ts";
import {
  changesOf,
  parseRunSpec,
  type RunSpec,
  type RunSpecInput,
} from "../records/run_spec.ts";
import { recipeName } from "../training/recipes.ts";
import { trainingPreset } from "./presets.ts";

/** Which part of a sweep: `index` of `count`, from 0. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * Reads a sweep, a JSON list of runs.
 *
 * @param text The file's content.
 * @param name The file's name, for errors.
 * @param given What holds for the runs that do not say otherwise.
 * @throws {TypeError} If it is no such list; the entry, counted from 1, and the
 * field are named.
 *
 * @example Two runs of the same length
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseSweep } from "./sweep.ts";
 *
 * const text = '[{ "network": "plain-20" }, { "network": "resnet-20" }]';
 * const runs = parseSweep(text, "sweep.json", { steps: 4000 });
 * assertEquals(runs.map(({ steps }) => steps), [4000, 4000]);
 * ```
 */
export function parseSweep(
  text: string,
  name: string,
  given: Partial<RunSpecInput> = {},
): RunSpec[] {
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TypeError(`${name} is not JSON: ${error.message}`);
  }
  if (!Array.isArray(entries) || entries.length === 0) {
    throw new TypeError(`Expected ${name} to be a list of runs`);
  }
  return entries.map((entry, i) => {
    const where = `Entry ${i + 1} of ${name}`;
    const isObject = typeof entry === "object" && entry !== null;
    return checkRun(
      parseRunSpec(isObject ? { ...given, ...entry } : entry, where),
      where,
    );
  });
}

/**
 * Checks that the names in a run are names of something, and that its recipe is
 * one.
 *
 * @throws {TypeError} If not; the field is named.
 */
export function checkRun(run: RunSpec, where: string): RunSpec {
  const check = (field: string, test: () => void) => {
    try {
      test();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new TypeError(`${where} is not a run:\n  ${field}: ${reason}`);
    }
  };
  check("network", () => networkByName(run.network));
  check("data", () => datasetName(run.data));
  check("recipe", () => recipeName(run.recipe));
  check(
    "preset",
    () => trainingPreset(run.preset, changesOf(run), recipeName(run.recipe)),
  );
  return run;
}

/**
 * Reads a part of a sweep, such as "0/4": every fourth run, from the first on.
 *
 * @throws {TypeError} If it is none.
 */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index < shard.count) return shard;
  throw new TypeError(
    `Expected a shard such as 0/4, the first of four, to 3/4, the last, but found "${text}"`,
  );
}

/** The runs of a part: all parts together are the sweep, none has a run twice. */
export function shardOf<T>(
  runs: readonly T[],
  { index, count }: Shard,
): T[] {
  return runs.filter((_, i) => i % count === index);
}
