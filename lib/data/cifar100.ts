import type { Archive } from "./archive.ts";
import {
  type CifarFolder,
  type CifarOptions,
  findCifar,
  loadCifar,
  type PublishedCifar,
} from "./cifar_folder.ts";
import type { CifarFile } from "./cifar_file.ts";
import { CIFAR100_CLASSES, CIFAR100_SUPERCLASSES } from "./cifar100_classes.ts";
import type { Dataset } from "./dataset.ts";

export { CIFAR100_CLASSES, CIFAR100_SUPERCLASSES };

/**
 * Options of {@linkcode loadCifar100}; `directory` is the folder that holds
 * `train.bin` and `test.bin`, and overrules `CIFAR100_DIR`.
 */
export interface Cifar100Options extends CifarOptions {
  /**
   * Which labels are learnt: the 100 classes, or the 20 superclasses of five
   * classes each.
   *
   * @default {"fine"}
   */
  labels?: "fine" | "coarse";
}

const TRAIN_FILE: CifarFile = {
  name: "train.bin",
  count: 50_000,
  sha256: "f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29",
};

const TEST_FILE: CifarFile = {
  name: "test.bin",
  count: 10_000,
  sha256: "d8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a",
};

/** The official archive of the binary version. */
export const CIFAR100_ARCHIVE: Archive = {
  name: "cifar-100-binary.tar.gz",
  urls: [
    // The author's page, then where it now redirects to.
    "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz",
    "https://cave.cs.toronto.edu/kriz/cifar-100-binary.tar.gz",
  ],
  size: 168_513_733,
  // As the author's page gives it; eb9058c3... is the Python version's.
  md5: "03b5dce01913d631647c71ecec9e9cb8",
  directory: "cifar-100-binary",
  files: [TRAIN_FILE.name, TEST_FILE.name],
};

const CIFAR100: PublishedCifar = {
  name: "CIFAR-100",
  variable: "CIFAR100_DIR",
  archive: CIFAR100_ARCHIVE,
  train: [TRAIN_FILE],
  test: [TEST_FILE],
};

/**
 * Loads CIFAR-100: 50,000 images to learn from and 10,000 to test on, 32x32
 * pixels in colour, of 100 classes in 20 superclasses (Krizhevsky, "Learning
 * Multiple Layers of Features from Tiny Images", 2009). R16 reports it in
 * Tables 3 and 4.
 *
 * The files are read from the folder `directory`, else from the one that the
 * environment variable `CIFAR100_DIR` names, else from the cache, to which the
 * official archive (169 MB) is downloaded if need be.
 *
 * @param options Where the files are, how to download them, and which labels.
 * @returns The data set, 184 MB in memory; with superclasses as labels its name
 * is "CIFAR-100 coarse".
 * @throws {Error} If a file is missing, cut or altered, or can't be downloaded.
 */
export async function loadCifar100(
  options: Cifar100Options = {},
): Promise<Dataset> {
  const coarse = options.labels === "coarse";
  // In a record the coarse label comes first.
  const classes = [CIFAR100_SUPERCLASSES, CIFAR100_CLASSES];
  const taken = coarse ? 0 : 1;
  const dataset = await loadCifar(
    CIFAR100,
    { classes: classes.map(({ length }) => length), taken },
    classes[taken] ?? [],
    options,
  );
  return coarse ? { ...dataset, name: `${dataset.name} coarse` } : dataset;
}

/**
 * Finds the folder that {@linkcode loadCifar100} would read, without
 * downloading.
 *
 * @param options Where to look.
 * @returns The folder, or `null` if it would have to be downloaded.
 * @throws {Error} If a folder was named and is not there.
 */
export async function findCifar100(
  options: CifarOptions = {},
): Promise<CifarFolder | null> {
  return await findCifar(CIFAR100, options);
}
