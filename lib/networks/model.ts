import * as tf from "@tensorflow/tfjs";
import type { Tap, UnitTap } from "./forward.ts";
import { initialise, type InitialiseOptions } from "./initialise.ts";
import type { Network } from "./layer.ts";
import { type TensorSpec, tensorSpecs } from "./parameters.ts";
import { runLayers } from "./run_layers.ts";

/** How {@linkcode Model.logits} runs. */
export interface ForwardOptions {
  /**
   * Whether batch normalisation uses the mini-batch's statistics, and updates
   * its running ones. Default false.
   */
  readonly training?: boolean;
  /** Sees each operation's output with the operation's path. */
  readonly observe?: (path: string, output: tf.Tensor) => void;
  /**
   * Gives what is passed on in place of a layer's output: of the images, at the
   * empty path, and of each layer that has a name, also of those made of others.
   */
  readonly tap?: Tap | undefined;
  /**
   * Gives what is passed on in place of the sum, or mixture, of the ways of a
   * residual or gated unit.
   */
  readonly tapUnit?: UnitTap | undefined;
  /**
   * What dropout draws from in training, of shape `[2]`, int32: another one for
   * each step.
   */
  readonly dropoutSeed?: tf.Tensor1D | undefined;
}

/** A network that runs: its description and its tensors. */
export class Model {
  /** The description. */
  readonly network: Network;
  /** What each tensor is for, in the order in which data flows. */
  readonly specs: readonly TensorSpec[];
  readonly #variables: Map<string, tf.Variable>;

  /**
   * @param network The network's description.
   * @param values Values by tensor name, such as {@linkcode initialise} gives.
   * @throws {Error} If a tensor's values are missing or of another size.
   */
  constructor(network: Network, values: ReadonlyMap<string, Float32Array>) {
    this.network = network;
    this.specs = tensorSpecs(network);
    this.#variables = new Map(
      this.specs.map((spec) => [spec.name, makeVariable(spec, values)]),
    );
  }

  /**
   * A tensor by its name, such as "stage1/unit1/conv1/kernel".
   *
   * @throws {Error} If the network has no such tensor.
   */
  tensor<R extends tf.Rank = tf.Rank>(name: string): tf.Variable<R> {
    const variable = this.#variables.get(name);
    if (variable === undefined) {
      throw new Error(
        `Expected a tensor of ${this.network.name} but found ${name}`,
      );
    }
    return variable as tf.Variable<R>;
  }

  /** All tensors, in the order of {@linkcode Model.specs}. */
  get variables(): tf.Variable[] {
    return [...this.#variables.values()];
  }

  /**
   * The logits of a batch.
   *
   * @param images Of shape `[batch, height, width, channels]`.
   * @returns Of shape `[batch, classes]`.
   * @throws {Error} If they are not images as the network reads them, or it has
   * dropout and is trained without a seed.
   */
  logits(images: tf.Tensor4D, options: ForwardOptions = {}): tf.Tensor2D {
    return runLayers(this, this.network.layers, images, options) as tf.Tensor2D;
  }

  /** A copy of all values by tensor name. */
  async values(): Promise<Map<string, Float32Array>> {
    const entries = [...this.#variables].map(async ([name, variable]) =>
      [name, await variable.data() as Float32Array] as const
    );
    return new Map(await Promise.all(entries));
  }

  /** Frees the tensors. */
  dispose(): void {
    this.#variables.forEach((variable) => variable.dispose());
  }
}

/**
 * Makes a network that runs, by default with He initialisation.
 *
 * @param network The network's description.
 * @param options `seed`: a whole number; the same seed gives the same values.
 */
export function build(
  network: Network,
  options: InitialiseOptions,
): Model {
  return new Model(network, initialise(network, options));
}

function makeVariable(
  { name, shape, trainable }: TensorSpec,
  values: ReadonlyMap<string, Float32Array>,
): tf.Variable {
  const given = values.get(name);
  const size = shape.reduce((a, b) => a * b, 1);
  if (given?.length !== size) {
    throw new Error(
      `Expected ${size} values for ${name} but found ${
        given?.length ?? "none"
      }`,
    );
  }
  return tf.tidy(() => tf.variable(tf.tensor(given, [...shape]), trainable));
}
