import type { Archive } from "./archive.ts";
import {
  type CifarFolder,
  type CifarOptions,
  findCifar,
  loadCifar,
  type PublishedCifar,
} from "./cifar_folder.ts";
import type { CifarFile } from "./cifar_file.ts";
import type { Dataset } from "./dataset.ts";

/**
 * Options of {@linkcode loadCifar10}; `directory` is the folder that holds
 * `data_batch_1.bin`, and overrules `CIFAR10_DIR`.
 */
export interface Cifar10Options extends CifarOptions {}

/** A folder of CIFAR-10, and how it was found. */
export type Cifar10Folder = CifarFolder;

const TRAIN_FILES: readonly CifarFile[] = [
  "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
  "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
  "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
  "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
  "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
].map((sha256, i) => ({
  name: `data_batch_${i + 1}.bin`,
  count: 10_000,
  sha256,
}));

const TEST_FILES: readonly CifarFile[] = [{
  name: "test_batch.bin",
  count: 10_000,
  sha256: "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
}];

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
  files: [...TRAIN_FILES, ...TEST_FILES].map(({ name }) => name),
};

const CIFAR10: PublishedCifar = {
  name: "CIFAR-10",
  variable: "CIFAR10_DIR",
  archive: CIFAR10_ARCHIVE,
  train: TRAIN_FILES,
  test: TEST_FILES,
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
  const labels = { classes: [CIFAR10_CLASSES.length], taken: 0 };
  return await loadCifar(CIFAR10, labels, CIFAR10_CLASSES, options);
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
  return await findCifar(CIFAR10, options);
}
