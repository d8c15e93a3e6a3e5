import { checkFinite } from "../data/check_finite.ts";
import { checkInteger } from "../data/check_integer.ts";
import { checkOneOf } from "../data/check_one_of.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import {
  type Activation,
  activation,
  ACTIVATIONS,
  dense,
  flatten,
  type Gated,
  gated,
  type Network,
} from "./layer.ts";

/** Options of {@linkcode highway}. */
export interface HighwayOptions {
  /** Layers before the classifier, the first of them plain: 10, 20, 50, 100. */
  readonly hiddenLayers: number;
  /** Units of each hidden layer. Default 50. */
  readonly units?: number;
  /**
   * What the biases of the transform gates start from, `b_T`. Default -2; the
   * more negative, the more of its input a layer carries.
   */
  readonly gateBias?: number;
  /** Default "relu". */
  readonly activation?: Activation["function"];
  /** Height, width and channels of an image. Default those of CIFAR. */
  readonly input?: Network["input"];
  /** Number of classes. Default 10. */
  readonly classes?: number;
}

const OPTIONS: OptionNames<HighwayOptions> = {
  hiddenLayers: true,
  units: true,
  gateBias: true,
  activation: true,
  input: true,
  classes: true,
};

/**
 * A fully connected highway network (Srivastava et al. 2015, "Highway networks",
 * section 3.1): a plain layer, `hiddenLayers - 1` highway layers of as many
 * units, and a classifier. A highway layer gives
 *
 *     y = H(x) * T(x) + x * (1 - T(x)),  T(x) = sigmoid(W_T x + b_T)
 *
 * The paper calls a network by its hidden layers: its 10 layers have a depth of
 * 11 with the classifier. They have 50 units where its plain networks' have 71:
 * with a gate, a layer is then about as large as without.
 *
 * The paper's read the 28x28 images of MNIST (`input: [28, 28, 1]`): CIFAR's, as
 * elsewhere in this project, are our choice. It looks into networks whose gates
 * started from -2 on MNIST and from -4 on CIFAR-100.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If a number of layers, units or classes is not an integer
 * greater than 0, the bias no finite number, or there is no such non-linearity.
 *
 * @example A highway layer of 50 units has two matrices and two biases
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { highway } from "./highway.ts";
 * import { countParameters } from "./parameters.ts";
 *
 * const parameters = (hiddenLayers: number) =>
 *   countParameters(highway({ hiddenLayers }));
 * assertEquals(parameters(11) - parameters(10), 2 * (50 * 50 + 50));
 * ```
 */
export function highway(options: HighwayOptions): Network {
  checkOptions(options, OPTIONS);
  const {
    hiddenLayers,
    units = 50,
    gateBias = -2,
    activation: kind = "relu",
    input = [32, 32, 3],
    classes = 10,
  } = options;
  checkInteger(hiddenLayers, "hiddenLayers", 1);
  checkInteger(units, "units", 1);
  checkInteger(classes, "classes", 1);
  input.forEach((size) => checkInteger(size, "input", 1));
  checkFinite(gateBias, "gateBias");
  checkOneOf(kind, ACTIVATIONS, "activation");
  return {
    name: nameOf(options),
    input,
    layers: [
      flatten("flatten"),
      dense("hidden1", units),
      activation("activation1", kind),
      ...Array.from(
        { length: hiddenLayers - 1 },
        (_, i) => highwayLayer(`hidden${i + 2}`, units, kind, gateBias),
      ),
      dense("classifier", classes),
    ],
  };
}

/** Such as "highway-10, fully connected, tanh", where not all is the default. */
function nameOf(
  { hiddenLayers, units = 50, gateBias = -2, activation = "relu" }:
    HighwayOptions,
): string {
  return [
    `highway-${hiddenLayers}, fully connected`,
    ...activation === "relu" ? [] : [activation],
    ...units === 50 ? [] : [`${units} units`],
    ...gateBias === -2 ? [] : [`gates ${gateBias}`],
  ].join(", ");
}

function highwayLayer(
  name: string,
  units: number,
  kind: Activation["function"],
  gateBias: number,
): Gated {
  return gated(name, {
    body: [dense("transform", units), activation("activation", kind)],
    gate: [
      dense("gate", units, { initialBias: gateBias }),
      activation("gateSigmoid", "sigmoid"),
    ],
  });
}
