import { jsonChecksum } from "../data/json_checksum.ts";
import type { Network } from "../networks/layer.ts";
import { Model } from "../networks/model.ts";
import { tensorSpecs } from "../networks/parameters.ts";
import { toFloat32 } from "../weights/to_float32.ts";
import { readCheckpoint } from "./read_checkpoint.ts";

/**
 * The network of a checkpoint, such as that of the lowest validation error; the
 * caller disposes of it.
 *
 * @param path The checkpoint's JSON file, `step-<number>.json`.
 * @throws {Error} If a file is missing, cut or damaged, or is of another network.
 */
export async function checkpointModel(
  path: string,
  network: Network,
): Promise<Model> {
  const { checkpoint: { tensors }, run } = await readCheckpoint(path);
  if (run.description !== jsonChecksum(network)) {
    const other = run.network === network.name
      ? "one of that name that is described otherwise"
      : run.network;
    throw new Error(
      `Expected ${path} to be of ${network.name} but found ${other}`,
    );
  }
  const own = new Set(tensorSpecs(network).map(({ name }) => name));
  // The others are velocities.
  const values = tensors.filter(({ name }) => own.has(name))
    .map((tensor) => [tensor.name, toFloat32(tensor)] as const);
  return new Model(network, new Map(values));
}
