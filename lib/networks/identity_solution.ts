import { EPSILON } from "../ops/batch_norm.ts";
import { heInitialise } from "./initialise.ts";
import type { Network } from "./layer.ts";
import { Model } from "./model.ts";
import { type TensorSpec, tensorSpecs } from "./parameters.ts";
import { mapLayers } from "./variants.ts";

/**
 * The solution by construction of R15 section 1: "the added layers are identity
 * mapping, and the other layers are copied from the learned shallower model".
 * That it exists says that a deeper network should have no higher training
 * error than the shallower one.
 *
 * In a plain network an added layer is the identity if its kernel passes each
 * channel on and its normalisation undoes itself; the ReLU after it changes
 * nothing, since what comes in has passed one. In a residual network it is
 * enough that a unit's last scale is 0: then `F(x) = 0` and `F(x) + x = x`.
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
  const added = hasShortcuts(deeper)
    ? zeroResiduals(deeper)
    : new Map(specs.map((spec) => [spec.name, identityValues(spec)]));
  return new Model(deeper, new Map([...added, ...learned]));
}

function hasShortcuts(network: Network): boolean {
  let found = false;
  mapLayers(network, (layer) => {
    found ||= layer.kind === "residual";
    return layer;
  });
  return found;
}

/** Initial values, but with each residual unit's last scale 0. */
function zeroResiduals(network: Network): Map<string, Float32Array> {
  const values = heInitialise(network, 0);
  for (const [name, value] of values) {
    if (name.endsWith("/norm2/scale")) value.fill(0);
  }
  return values;
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
