import { EPSILON } from "../ops/batch_norm.ts";
import { initialise } from "./initialise.ts";
import type { Layer, Network } from "./layer.ts";
import { Model } from "./model.ts";
import { type TensorSpec, tensorSpecs } from "./parameters.ts";
import { join } from "./walk.ts";

/**
 * The solution by construction of R15 section 1: "the added layers are identity
 * mapping, and the other layers are copied from the learned shallower model".
 * That it exists says that a deeper network should have no higher training
 * error than the shallower one.
 *
 * In a plain network an added layer is the identity if its kernel passes each
 * channel on and its normalisation undoes itself; the ReLU after it changes
 * nothing, since what comes in has passed one. In a residual network it is
 * enough that a unit's last layer gives 0: then `F(x) = 0` and `F(x) + x = x`.
 *
 * The outputs are equal with running statistics. (With those of the mini-batch
 * a plain layer's normalisation would rescale what it gets.)
 *
 * @param shallow A trained network.
 * @param deeper A network of the same kind with more units a stage.
 * @returns The deeper network with the shallower one's outputs.
 * @throws {Error} If `deeper` has not all of the shallow network's layers.
 */
export async function identitySolution(
  shallow: Model,
  deeper: Network,
): Promise<Model> {
  const learned = await shallow.values();
  const specs = tensorSpecs(deeper);
  const names = new Set(specs.map(({ name }) => name));
  const missing = shallow.specs.find(({ name }) => !names.has(name));
  if (missing !== undefined) {
    throw new Error(
      `Expected ${deeper.name} to have all layers of ${shallow.network.name} but ${missing.name} is missing`,
    );
  }
  const added = lastOfBodies(deeper.layers, "").length > 0
    ? zeroResiduals(deeper)
    : new Map(specs.map((spec) => [spec.name, identityValues(spec)]));
  return new Model(deeper, new Map([...added, ...learned]));
}

/** Initial values with which each residual unit's body gives 0. */
function zeroResiduals(network: Network): Map<string, Float32Array> {
  const values = initialise(network, { seed: 0 });
  for (const path of lastOfBodies(network.layers, "")) {
    const tensors = ["scale", "shift"].map((role) =>
      values.get(`${path}/${role}`)
    );
    const kernel = values.get(`${path}/kernel`);
    const last = tensors.every((tensor) => tensor !== undefined)
      ? tensors
      : [kernel, values.get(`${path}/bias`)];
    if (last[0] === undefined) {
      throw new Error(
        `Expected each body of ${network.name} to end in a convolution or normalisation but ${path} is neither`,
      );
    }
    last.forEach((tensor) => tensor?.fill(0));
  }
  return values;
}

/** Paths of the last operations of all residual bodies. */
function lastOfBodies(layers: readonly Layer[], parent: string): string[] {
  return layers.flatMap((layer) => {
    const path = join(parent, layer.name);
    if (layer.kind === "sequence") return lastOfBodies(layer.layers, path);
    if (layer.kind !== "residual") return [];
    const last = layer.body.at(-1);
    return last === undefined ? [] : [join(path, last.name)];
  });
}

/** Values with which a plain network's layer passes its input on. */
function identityValues({ role, shape }: TensorSpec): Float32Array {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  switch (role) {
    case "kernel": {
      const [height = 0, width = 0, inputs = 0, outputs = 0] = shape;
      const centre = Math.floor(height / 2) * width + Math.floor(width / 2);
      for (let channel = 0; channel < inputs; channel++) {
        values[(centre * inputs + channel) * outputs + channel] = 1;
      }
      return values;
    }
    case "scale":
      return values.fill(1);
    case "runningVariance":
      // The normalisation divides by the root of this and EPSILON: by 1.
      return values.fill(1 - EPSILON);
    default:
      return values;
  }
}
