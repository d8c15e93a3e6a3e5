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

/** A tensor's values, and what it is. */
export interface NamedValues {
  readonly name: string;
  readonly role: Role;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
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
 * Writes a network's initial values and a mini-batch of CIFAR-10 for others to
 * read.
 *
 * @returns Path of the index (see {@linkcode writeTensors}).
 */
export async function writeExchange(
  network: Network,
  depth: number,
  batchSize: number,
): Promise<string> {
  const { images, labels, source } = await firstBatch(batchSize);
  const slug = network.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const name = `${slug}-batch-${batchSize}`;
  return await writeTensors(
    join(await scratchFolder(), name),
    { depth, batchSize, images: source },
    [
      ...networkTensors(network, initialise(network, { seed: 0 })),
      ...batchTensors(images, labels, [32, 32, 3]),
    ],
  );
}

/** A network's tensors with their values. */
export function networkTensors(
  network: Network,
  values: ReadonlyMap<string, Float32Array>,
): NamedValues[] {
  return tensorSpecs(network).map(({ name, role, shape }) => ({
    name,
    role,
    shape,
    values: values.get(name) ?? [],
  }));
}

/** A mini-batch's tensors with their values. */
export function batchTensors(
  images: Float32Array,
  labels: Float32Array,
  imageShape: readonly number[],
): NamedValues[] {
  const count = labels.length;
  return [
    {
      name: "images",
      role: "images",
      shape: [count, ...imageShape],
      values: images,
    },
    { name: "labels", role: "labels", shape: [count], values: labels },
  ];
}

/**
 * Writes tensors into one file of float32 values, in the machine's byte order,
 * with a JSON index beside it.
 *
 * @param path Of both files, without their endings.
 * @returns Path of the index; the values are in the same path ending in `.bin`.
 */
export async function writeTensors(
  path: string,
  about: Omit<Exchange, "tensors">,
  all: readonly NamedValues[],
): Promise<string> {
  let size = 0;
  const tensors = all.map(({ name, role, shape }) => {
    const count = shape.reduce((a, b) => a * b, 1);
    const placed = { name, role, shape, start: size, count };
    size += count;
    return placed;
  });
  const file = new Float32Array(size);
  all.forEach(({ values }, i) => file.set(values, tensors[i]?.start));
  const index: Exchange = { ...about, tensors };
  await replaceFile(`${path}.bin`, new Uint8Array(file.buffer));
  await replaceFile(
    `${path}.json`,
    new TextEncoder().encode(JSON.stringify(index)),
  );
  return `${path}.json`;
}

/** Reads what {@linkcode writeTensors} wrote: the values by name. */
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
