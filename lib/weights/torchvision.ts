import type { Network } from "../networks/layer.ts";
import {
  type TensorRole,
  type TensorSpec,
  tensorSpecs,
} from "../networks/parameters.ts";
import type { Shape } from "../networks/shape.ts";
import { operations } from "../networks/walk.ts";
import type { StoredForm } from "./stored_form.ts";
import { torchvisionPath } from "./torchvision_path.ts";

/** PyTorch's names of what a tensor is for. */
const ROLES: ReadonlyMap<TensorRole, string> = new Map([
  ["kernel", "weight"],
  ["bias", "bias"],
  ["scale", "weight"],
  ["shift", "bias"],
  ["runningMean", "running_mean"],
  ["runningVariance", "running_var"],
]);

/** PyTorch's name of the mini-batches that a batch normalisation has seen. */
const BATCH_COUNTER = "num_batches_tracked";

/**
 * How each tensor of a network stands in a file of torchvision's weights, for
 * its ResNets and VGGs: by path, "stage2/unit1/projection/kernel" is
 * "layer2.0.downsample.0.weight".
 *
 * PyTorch keeps kernels as `[outputs, inputs, height, width]`, and a fully
 * connected layer's as `[outputs, inputs]`; where such a layer follows an image,
 * its inputs are the image's channel by channel, ours are pixel by pixel.
 *
 * @throws {Error} If torchvision has no name for a layer.
 */
export function torchvisionForms(network: Network): StoredForm[] {
  const placed = operations(network);
  const paths = placed.map(({ path }) => path);
  const specs = Map.groupBy(tensorSpecs(network), ({ name }) => parent(name));
  const forms: StoredForm[] = [];
  let flattened: Shape | undefined;
  for (const { layer, path, input } of placed) {
    if (layer.kind === "flatten") flattened = input;
    for (const spec of specs.get(path) ?? []) {
      const theirs = torchvisionPath(path, paths);
      const role = ROLES.get(spec.role);
      if (theirs === undefined || role === undefined) {
        throw new Error(
          `Expected ${network.name} to have the layers of torchvision's ResNets or VGGs but found ${spec.name}`,
        );
      }
      const name = `${theirs}.${role}`;
      forms.push(
        spec.role === "kernel"
          ? { spec, name, ...kernelForm(spec, flattened) }
          : { spec, name, shape: spec.shape },
      );
    }
    if (layer.kind === "dense") flattened = undefined;
  }
  return forms;
}

/**
 * The names under which PyTorch counts the mini-batches that each batch
 * normalisation has seen. Nothing depends on them, as long as the running
 * statistics are averages of a fixed rate.
 */
export function batchCounterNames(forms: readonly StoredForm[]): string[] {
  return forms.filter(({ spec }) => spec.role === "runningMean")
    .map(({ name }) => name.replace(/[^.]+$/, BATCH_COUNTER));
}

function kernelForm(
  { shape }: TensorSpec,
  flattened: Shape | undefined,
): Pick<StoredForm, "shape" | "reversed"> {
  if (shape.length === 4) {
    const [height = 0, width = 0, inputs = 0, outputs = 0] = shape;
    return {
      shape: [outputs, inputs, height, width],
      reversed: [outputs, inputs, height * width],
    };
  }
  const [features = 0, outputs = 0] = shape;
  const channels = flattened?.at(-1) ?? features;
  return {
    shape: [outputs, features],
    reversed: [outputs, channels, features / channels],
  };
}

function parent(name: string): string {
  return name.slice(0, name.lastIndexOf("/"));
}
