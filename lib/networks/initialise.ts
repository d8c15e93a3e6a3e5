import { checkOptions, type OptionNames } from "../data/check_options.ts";
import { fnv1a } from "../data/fnv1a.ts";
import { createRandom } from "../data/random.ts";
import { heNormal, type Initialiser } from "./initialisers.ts";
import type { Network } from "./layer.ts";
import { type TensorSpec, tensorSpecs } from "./parameters.ts";

/** What {@linkcode initialise} draws from. */
export interface InitialiseOptions {
  /** A whole number from 0 to 2^32 - 1. */
  readonly seed: number;
  /** Draws the kernels. Default {@linkcode heNormal}. */
  readonly initialiser?: Initialiser;
}

const OPTIONS: OptionNames<InitialiseOptions> = {
  seed: true,
  initialiser: true,
};

/**
 * The values a network starts from: kernels drawn by the initialiser, by default
 * from a normal distribution of variance `2 / fanIn` (He et al. 2015, as R15
 * section 3.4 asks); scales and running variances 1, the slopes of parametric
 * ReLUs 0.25, biases what their layers say, all else 0.
 *
 * Each tensor has a stream of the seed of its own, named by the tensor's name:
 * a layer starts from the same values whatever other layers there are.
 *
 * @returns Values by the tensor's name.
 *
 * @throws {TypeError} If an option is none of those that there are.
 *
 * @example Xavier's in place of He's
 * ```ts
 * import { assert } from "@std/assert";
 * import { cifarPlain } from "./cifar.ts";
 * import { initialise } from "./initialise.ts";
 * import { xavierUniform } from "./initialisers.ts";
 *
 * const network = cifarPlain({ depth: 8 });
 * const values = initialise(network, { seed: 0, initialiser: xavierUniform() });
 * const bound = Math.sqrt(6 / (64 + 10));
 * assert(values.get("classifier/kernel")!.every((v) => Math.abs(v) <= bound));
 * ```
 */
export function initialise(
  network: Network,
  options: InitialiseOptions,
): Map<string, Float32Array> {
  checkOptions(options, OPTIONS);
  const { seed, initialiser = heNormal() } = options;
  return new Map(
    tensorSpecs(network).map((spec) => [
      spec.name,
      initialValues(spec, seed, initialiser),
    ]),
  );
}

function initialValues(
  spec: TensorSpec,
  seed: number,
  { draw }: Initialiser,
): Float32Array {
  const { name, role, shape, initial } = spec;
  if (role === "kernel") return draw(spec, createRandom(seed, fnv1a(name)));
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  return values.fill(initial);
}
