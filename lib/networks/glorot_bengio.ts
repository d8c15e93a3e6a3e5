import { checkInteger } from "../data/check_integer.ts";
import { checkOneOf } from "../data/check_one_of.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import {
  type Activation,
  activation,
  ACTIVATIONS,
  batchNorm,
  dense,
  flatten,
  type Network,
} from "./layer.ts";

/** Options of {@linkcode glorotBengio}. */
export interface GlorotBengioOptions {
  /** 1 to 5 in the paper. */
  readonly hiddenLayers: number;
  /** The paper's are "sigmoid", "tanh" and "softsign". */
  readonly activation: Activation["function"];
  /** Units of each hidden layer. Default 1000. */
  readonly units?: number;
  /** Height, width and channels of an image. Default those of CIFAR. */
  readonly input?: Network["input"];
  /** Number of classes. Default 10. */
  readonly classes?: number;
  /**
   * Whether batch normalisation stands before each non-linearity (Ioffe and
   * Szegedy 2015, section 3.2). Default false: it came five years later.
   */
  readonly normalised?: boolean;
}

const OPTIONS: OptionNames<GlorotBengioOptions> = {
  hiddenLayers: true,
  activation: true,
  units: true,
  input: true,
  classes: true,
  normalised: true,
};

/**
 * A fully connected network (Glorot and Bengio 2010, "Understanding the
 * difficulty of training deep feedforward neural networks", section 2.3): hidden
 * layers of 1000 units, each followed by a non-linearity, and a classifier. The
 * paper is about what its kernels start from: build it with
 * {@linkcode standardUniform}, {@linkcode xavierUniform} and the other
 * initialisers.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If a number is not an integer greater
 * than 0, or there is no such non-linearity.
 *
 * @example Five hidden layers of 1000 units on CIFAR
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { glorotBengio } from "./glorot_bengio.ts";
 * import { countParameters } from "./parameters.ts";
 *
 * const network = glorotBengio({ hiddenLayers: 5, activation: "tanh" });
 * assertEquals(
 *   countParameters(network),
 *   (3072 + 1) * 1000 + 4 * (1000 + 1) * 1000 + (1000 + 1) * 10,
 * );
 * ```
 */
export function glorotBengio(options: GlorotBengioOptions): Network {
  checkOptions(options, OPTIONS);
  const {
    hiddenLayers,
    activation: kind,
    units = 1000,
    input = [32, 32, 3],
    classes = 10,
    normalised = false,
  } = options;
  checkInteger(hiddenLayers, "hiddenLayers", 1);
  checkInteger(units, "units", 1);
  checkInteger(classes, "classes", 1);
  input.forEach((size) => checkInteger(size, "input", 1));
  checkOneOf(kind, ACTIVATIONS, "activation");
  return {
    name: `${normalised ? "BN " : ""}${kind}-${hiddenLayers}` +
      (units === 1000 ? "" : `, ${units} units`),
    input,
    layers: [
      flatten("flatten"),
      ...Array.from({ length: hiddenLayers }, (_, i) => [
        dense(`hidden${i + 1}`, units),
        ...normalised ? [batchNorm(`norm${i + 1}`)] : [],
        activation(`activation${i + 1}`, kind),
      ]).flat(),
      dense("classifier", classes),
    ],
  };
}
