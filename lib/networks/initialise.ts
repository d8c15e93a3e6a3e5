import { fnv1a } from "../data/fnv1a.ts";
import { createRandom } from "../data/random.ts";
import type { Network } from "./layer.ts";
import { type TensorSpec, tensorSpecs } from "./parameters.ts";

/**
 * The values a network starts from: kernels drawn from a normal distribution of
 * variance `2 / fanIn` (He et al. 2015, as R15 section 3.4 asks), scales and
 * running variances 1, all else 0.
 *
 * Each tensor has a stream of the seed of its own, named by the tensor's name:
 * a layer starts from the same values whatever other layers there are.
 *
 * @param seed A whole number from 0 to 2^32 - 1.
 * @returns Values by the tensor's name.
 */
export function heInitialise(
  network: Network,
  seed: number,
): Map<string, Float32Array> {
  return new Map(
    tensorSpecs(network).map((spec) => [
      spec.name,
      initialValues(spec, seed),
    ]),
  );
}

function initialValues(
  { name, role, shape, fanIn }: TensorSpec,
  seed: number,
): Float32Array {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  if (role === "kernel") {
    const random = createRandom(seed, fnv1a(name));
    const deviation = Math.sqrt(2 / fanIn);
    return values.map(() => deviation * random.normal());
  }
  return role === "scale" || role === "runningVariance"
    ? values.fill(1)
    : values;
}
