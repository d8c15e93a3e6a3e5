import { join } from "@std/path";
import { type Archive, ensureUnpacked } from "./archive.ts";
import { cacheDirectory } from "./cache_directory.ts";
import {
  CIFAR_SIDE,
  IMAGES_PER_BATCH,
  readCifar10Batch,
} from "./cifar10_batch.ts";
import type { Dataset, LabelledImages } from "./dataset.ts";
import { fileInfo } from "./file_info.ts";
import { datasetChecksum } from "./hash.ts";
import { type DownloadProgress, progressPrinter } from "./progress.ts";

/** Options of {@linkcode loadCifar10}. */
export interface Cifar10Options {
  /** The folder that holds `data_batch_1.bin`; overrules `CIFAR10_DIR`. */
  directory?: string;
  /** Where downloads are kept, by default the project's `data/cache`. */
  cacheDirectory?: string;
  /** Addresses of the archive to try before the usual ones. */
  mirrors?: readonly string[];
  /** Told how a download goes on; by default it is printed. */
  onProgress?: (progress: DownloadProgress) => void;
  /** Ends a download; the next one goes on from there. */
  signal?: AbortSignal;
}

/** A folder of CIFAR-10, and how it was found. */
export interface Cifar10Folder {
  /** The folder that should hold `data_batch_1.bin`. */
  readonly directory: string;
  /** How it was found, in words for the reader. */
  readonly source: string;
}

const TRAIN_FILES: readonly (readonly [name: string, sha256: string])[] = [
  [
    "data_batch_1.bin",
    "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
  ],
  [
    "data_batch_2.bin",
    "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
  ],
  [
    "data_batch_3.bin",
    "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
  ],
  [
    "data_batch_4.bin",
    "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
  ],
  [
    "data_batch_5.bin",
    "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
  ],
];

const TEST_FILES: typeof TRAIN_FILES = [
  [
    "test_batch.bin",
    "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
  ],
];

/** Names of the classes, by label. */
export const CIFAR10_CLASSES: readonly string[] = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
];

/** The official archive of the binary version. */
export const CIFAR10_ARCHIVE: Archive = {
  name: "cifar-10-binary.tar.gz",
  urls: [
    // The author's page, then where it now redirects to.
    "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
    "https://cave.cs.toronto.edu/kriz/cifar-10-binary.tar.gz",
    // Copies that Swift for TensorFlow and MindSpore keep for their tutorials.
    "https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/cifar-10-binary.tar.gz",
    "https://mindspore-website.obs.cn-north-4.myhuaweicloud.com/notebook/datasets/cifar-10-binary.tar.gz",
  ],
  size: 170_052_171,
  md5: "c32a1d4ab5d03f1284b67883e8d87530",
  directory: "cifar-10-batches-bin",
  files: [...TRAIN_FILES, ...TEST_FILES].map(([name]) => name),
};

/**
 * Loads CIFAR-10: 50,000 images to learn from and 10,000 to test on, 32x32
 * pixels in colour, of 10 classes (Krizhevsky, "Learning Multiple Layers of
 * Features from Tiny Images", 2009).
 *
 * The files are read from the folder `directory`, else from the one that the
 * environment variable `CIFAR10_DIR` names, else from the cache, to which the
 * official archive (170 MB) is downloaded if need be.
 *
 * @param options Where the files are, and how to download them.
 * @returns The data set, 184 MB in memory.
 * @throws {Error} If a file is missing, cut or altered, or can't be downloaded.
 */
export async function loadCifar10(
  options: Cifar10Options = {},
): Promise<Dataset> {
  const { directory, source } = await findCifar10(options) ??
    await downloadCifar10(options);
  const train = await readImages(directory, TRAIN_FILES);
  const test = await readImages(directory, TEST_FILES);
  return {
    name: "CIFAR-10",
    height: CIFAR_SIDE,
    width: CIFAR_SIDE,
    channels: 3,
    classes: CIFAR10_CLASSES,
    train,
    test,
    checksum: datasetChecksum(train, test),
    source,
  };
}

/**
 * Finds the folder that {@linkcode loadCifar10} would read, without downloading.
 *
 * @param options Where to look.
 * @returns The folder, or `null` if it would have to be downloaded.
 * @throws {Error} If a folder was named and is not there.
 */
export async function findCifar10(
  options: Cifar10Options = {},
): Promise<Cifar10Folder | null> {
  const variable = Deno.env.get("CIFAR10_DIR");
  if (options.directory !== undefined) {
    await checkFolder(options.directory, "directory");
    return { directory: options.directory, source: "the folder given" };
  }
  if (variable) {
    await checkFolder(variable, "CIFAR10_DIR");
    return {
      directory: variable,
      source: "the folder that CIFAR10_DIR names",
    };
  }
  const directory = join(
    options.cacheDirectory ?? cacheDirectory(),
    CIFAR10_ARCHIVE.directory,
  );
  if (!await fileInfo(directory)) return null;
  return { directory, source: "the project's cache" };
}

async function downloadCifar10(
  options: Cifar10Options,
): Promise<Cifar10Folder> {
  const { mirrors = [], onProgress = progressPrinter(), signal } = options;
  const archive = {
    ...CIFAR10_ARCHIVE,
    urls: [...mirrors, ...CIFAR10_ARCHIVE.urls],
  };
  const cache = options.cacheDirectory ?? cacheDirectory();
  const directory = await ensureUnpacked(archive, cache, {
    onProgress,
    ...(signal && { signal }),
  });
  return { directory, source: "the official archive, downloaded now" };
}

async function readImages(
  directory: string,
  files: typeof TRAIN_FILES,
): Promise<LabelledImages> {
  const imageBytes = CIFAR_SIDE * CIFAR_SIDE * 3;
  const count = files.length * IMAGES_PER_BATCH;
  const images = new Uint8Array(count * imageBytes);
  const labels = new Uint8Array(count);
  for (const [i, [name, checksum]] of files.entries()) {
    const from = i * IMAGES_PER_BATCH;
    const to = from + IMAGES_PER_BATCH;
    await readCifar10Batch(
      join(directory, name),
      checksum,
      images.subarray(from * imageBytes, to * imageBytes),
      labels.subarray(from, to),
    );
  }
  return { images, labels, count };
}

async function checkFolder(path: string, name: string): Promise<void> {
  if (!(await fileInfo(path))?.isDirectory) {
    throw new Error(
      `Expected ${name} to name a folder of CIFAR-10 but found none at ${path}`,
    );
  }
}
