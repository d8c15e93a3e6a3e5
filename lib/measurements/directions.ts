import { fnv1a } from "../data/fnv1a.ts";
import { createRandom } from "../data/random.ts";
import type { Model } from "../networks/model.ts";
import type { TensorSpec } from "../networks/parameters.ts";

/** A step in the space of a network's tensors: values by tensor name. */
export type Direction = ReadonlyMap<string, Float32Array>;

/** Options of {@linkcode randomDirection}. */
export interface RandomDirectionOptions {
  /** A whole number from 0 to 2^32 - 1: another one for each direction. */
  readonly seed: number;
  /**
   * What the direction changes: kernels only, or all that is learned, batch
   * normalisation and biases too. Default "kernels", as the paper has it.
   */
  readonly on?: "kernels" | "all";
}

/**
 * A random direction, normalised filter by filter (Li et al. 2018, "Visualizing
 * the loss landscape of neural nets", section 4): drawn from a normal
 * distribution, then for each filter `j` of layer `i`
 *
 *     d_ij <- d_ij / ||d_ij|| * ||w_ij||
 *
 * so that networks whose weights have other scales can be compared. A filter is
 * what makes one output channel: the last axis of a kernel counts filters, of a
 * fully connected layer its units. Of what is no kernel, with `on: "all"`, each
 * value is a filter.
 */
export async function randomDirection(
  model: Model,
  { seed, on = "kernels" }: RandomDirectionOptions,
): Promise<Direction> {
  const values = await model.values();
  const specs = model.specs.filter(({ role, trainable }) =>
    trainable && (on === "all" || role === "kernel")
  );
  return new Map(specs.map((spec) => {
    const random = createRandom(seed, fnv1a(spec.name));
    const weights = values.get(spec.name)!;
    const drawn = weights.map(() => random.normal());
    return [spec.name, normalised(drawn, weights, filtersOf(spec))];
  }));
}

/**
 * The direction from one set of values to another, such as two trained networks
 * of one description (Goodfellow et al. 2015): at 0 along it is the first, at 1
 * the second. Running statistics go along.
 *
 * @throws {Error} If the second has not all tensors of the first.
 */
export function directionBetween(
  from: ReadonlyMap<string, Float32Array>,
  to: ReadonlyMap<string, Float32Array>,
): Direction {
  return new Map([...from].map(([name, values]) => {
    const other = to.get(name);
    if (other?.length !== values.length) {
      throw new Error(
        `Expected ${values.length} values for ${name} but found ${
          other?.length ?? "none"
        }`,
      );
    }
    return [name, other.map((value, i) => value - values[i]!)];
  }));
}

/** How many filters a tensor has: its last axis, or all of its values. */
function filtersOf({ shape, role }: TensorSpec): number {
  return role === "kernel"
    ? shape.at(-1) ?? 1
    : shape.reduce((a, b) => a * b, 1);
}

/** Gives each filter of a direction the norm of that of the weights. */
function normalised(
  drawn: Float32Array,
  weights: Float32Array,
  filters: number,
): Float32Array {
  const [own, wanted] = [drawn, weights].map((values) => {
    const squares = new Float64Array(filters);
    values.forEach((value, i) => squares[i % filters]! += value ** 2);
    return squares;
  });
  return drawn.map((value, i) => {
    const filter = i % filters;
    return value * Math.sqrt(wanted![filter]! / own![filter]!);
  });
}
