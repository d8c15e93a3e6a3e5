import { fromFileUrl } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import type { Network } from "../../lib/networks/layer.ts";
import { build, type Model } from "../../lib/networks/model.ts";
import { openSafetensors } from "../../lib/weights/read_safetensors.ts";
import type { StoredTensor } from "../../lib/weights/stored_tensor.ts";
import { smallResidual, smallVgg } from "./networks.ts";

/** Networks of PyTorch: see write_reference.py. */
export const REFERENCES = [
  ["residual", smallResidual()],
  ["vgg", smallVgg()],
] as const;

/** Options for them: their files hold an input and its logits too. */
export const TORCHVISION = { naming: "torchvision", allowExtra: true } as const;

/** The file of a network of PyTorch. */
export function referencePath(name: string): string {
  return fromFileUrl(new URL(`${name}.safetensors`, import.meta.url));
}

/** All tensors of a file, by name. */
export async function readAll(
  path: string,
): Promise<Map<string, StoredTensor>> {
  using file = await openSafetensors(path);
  const tensors = await Array.fromAsync(file);
  return new Map(tensors.map((tensor) => [tensor.name, tensor]));
}

/** A model whose every value differs from those that networks start with. */
export function changedModel(network: Network, seed: number): Model {
  const model = build(network, { seed });
  model.specs.forEach(({ name, shape }, i) => {
    const values = tf.randomUniform([...shape], 0.5, 2, "float32", i);
    model.tensor(name).assign(values);
    values.dispose();
  });
  return model;
}
