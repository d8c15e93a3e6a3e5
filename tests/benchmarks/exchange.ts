import { join } from "@std/path";
import { findCifar10, loadCifar10 } from "../../lib/data/cifar10.ts";
import type { Dataset } from "../../lib/data/dataset.ts";
import { perPixelMean } from "../../lib/data/per_pixel_mean.ts";
import { replaceFile } from "../../lib/data/replace_file.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { initialise } from "../../lib/networks/initialise.ts";
import type { Network } from "../../lib/networks/layer.ts";
import { type TensorRole, tensorSpecs } from "../../lib/networks/parameters.ts";
import { scratchFolder } from "./folders.ts";

/** What a tensor in the file is: a network's tensor, or part of a batch. */
type Role = TensorRole | "images" | "labels";

/** Where one tensor's float32 values are. */
export interface ExchangedTensor {
  readonly name: string;
  readonly role: Role;
  readonly shape: readonly number[];
  /** First value, counted in values. */
  readonly start: number;
  readonly count: number;
}

/** What every contender starts from, as written for PyTorch and for ours. */
export interface Exchange {
  readonly depth: number;
  readonly batchSize: number;
  /** Where the images come from, in words. */
  readonly images: string;
  readonly tensors: readonly ExchangedTensor[];
}

/**
 * Writes a network's initial values and a mini-batch into one file of float32
 * values, in the machine's byte order, with a JSON index beside it.
 *
 * @returns Path of the index; the values are in the same path ending in `.bin`.
 */
export async function writeExchange(
  network: Network,
  depth: number,
  batchSize: number,
): Promise<string> {
  const initial = initialise(network, { seed: 0 });
  const batch = await firstBatch(batchSize);
  const parts: { name: string; role: Role; shape: readonly number[] }[] = [
    ...tensorSpecs(network),
    { name: "images", role: "images", shape: [batchSize, 32, 32, 3] },
    { name: "labels", role: "labels", shape: [batchSize] },
  ];
  const values = new Map([
    ...initial,
    ["images", batch.images],
    ["labels", batch.labels],
  ]);
  let start = 0;
  const tensors = parts.map(({ name, role, shape }) => {
    const count = shape.reduce((a, b) => a * b, 1);
    const placed = { name, role, shape, start, count };
    start += count;
    return placed;
  });
  const all = new Float32Array(start);
  for (const { name, start } of tensors) all.set(values.get(name) ?? [], start);
  const path = join(
    await scratchFolder(),
    `resnet-${depth}-batch-${batchSize}`,
  );
  const index: Exchange = { depth, batchSize, images: batch.source, tensors };
  await replaceFile(`${path}.bin`, new Uint8Array(all.buffer));
  await replaceFile(
    `${path}.json`,
    new TextEncoder().encode(JSON.stringify(index)),
  );
  return `${path}.json`;
}

/** Reads what {@linkcode writeExchange} wrote: the values by name. */
export async function readExchange(
  path: string,
): Promise<{ index: Exchange; values: Map<string, Float32Array> }> {
  const index = JSON.parse(await Deno.readTextFile(path)) as Exchange;
  const bytes = await Deno.readFile(path.replace(/\.json$/, ".bin"));
  const all = new Float32Array(bytes.buffer);
  const values = new Map(index.tensors.map(({ name, start, count }) => [
    name,
    all.slice(start, start + count),
  ]));
  return { index, values };
}

/** The first images, per-pixel mean subtracted, divided by 255. */
async function firstBatch(count: number) {
  const { name, train }: Dataset = await findCifar10()
    ? await loadCifar10()
    : syntheticImages({ trainCount: count });
  const mean = perPixelMean(train);
  const bytes = train.images.subarray(0, count * mean.length);
  return {
    images: Float32Array.from(
      bytes,
      (byte, i) => (byte - (mean[i % mean.length] ?? 0)) / 255,
    ),
    labels: Float32Array.from(train.labels.subarray(0, count)),
    source: name,
  };
}
