import { relative } from "@std/path";
import type { Dataset, DatasetFacts } from "../data/dataset.ts";
import { jsonChecksum } from "../data/json_checksum.ts";
import { createRandom } from "../data/random.ts";
import type { ReadOptions } from "./decoded_images.ts";
import type { FolderImage, ImageFolder } from "./image_folder.ts";
import { folderName, trainAndTest } from "./train_and_test.ts";

/** Images that are read while a network trains, in no order of classes. */
export interface StreamedImages {
  readonly count: number;
  readonly files: readonly FolderImage[];
}

/**
 * A data set in the layout of ImageNet whose images are read from their files
 * while a network trains. Its checksum is of the images' names: their bytes are
 * too many to be read for it.
 */
export interface StreamedDataset extends DatasetFacts {
  readonly channels: 3;
  readonly train: StreamedImages;
  readonly test: StreamedImages;
  /**
   * What to do about an image that cannot be decoded: throw an error that names
   * it, or leave it out and print its name.
   */
  readonly onBroken: "throw" | "skip";
}

/** What a network can be trained on. */
export type TrainingData = Dataset | StreamedDataset;

/** Whether a data set's images are read while a network trains. */
export function isStreamed(data: TrainingData): data is StreamedDataset {
  return "files" in data.train;
}

/** Options of {@linkcode streamImageFolder}. */
export interface StreamOptions extends Pick<ReadOptions, "onBroken"> {
  /** Told of what is left out; by default it is printed. */
  readonly onMessage?: (message: string) => void;
}

/**
 * Lists a data set of photographs, such as ImageNet's (R15 section 3.4), to be
 * read while a network trains: `train` with one folder for each class, and `val`
 * or `test` with the same classes. Nothing is decoded before it is used.
 *
 * The images are shuffled, in the same way each time: the first ones, which the
 * points of a curve are of, and those that a recipe sets aside are then of all
 * classes.
 *
 * @throws {Error} If a folder is missing, a class has no image, or the classes
 * differ.
 *
 * @example ResNet-50 by R15's recipe
 * ```ts ignore
 * const backend = await useBackend();
 * const dataset = await streamImageFolder("/data/imagenet");
 * const network = imageNetResNet({ depth: 50 });
 * await labRun({
 *   ...{ network, dataset, backend },
 *   ...{ preset: "paper", recipeName: "imagenet" },
 * });
 * ```
 */
export async function streamImageFolder(
  directory: string,
  { onBroken = "throw", onMessage = console.log }: StreamOptions = {},
): Promise<StreamedDataset> {
  const { train, test } = await trainAndTest(directory, onMessage);
  const names = [train, test].map((folder) =>
    folder.images.map(({ path, label }) => [
      relative(folder.directory, path).replaceAll("\\", "/"),
      label,
    ])
  );
  return {
    name: folderName(directory),
    channels: 3,
    classes: train.classes,
    train: shuffled(train),
    test: shuffled(test),
    checksum: `sha256:${jsonChecksum(names)}`,
    source:
      `the images in ${directory}, read while a network trains; the checksum is of their names`,
    onBroken,
  };
}

function shuffled({ images }: ImageFolder): StreamedImages {
  const order = createRandom(0).permutation(images.length);
  return {
    count: images.length,
    files: Array.from(order, (place) => images[place]!),
  };
}

/**
 * Sets some of the images to learn from aside.
 *
 * @throws {RangeError} If there are not that many, and one to learn from.
 */
export function splitStreamed(
  { files, count }: StreamedImages,
  validationCount: number,
): { train: StreamedImages; validation: StreamedImages } {
  if (validationCount >= count) {
    throw new RangeError(
      `Expected validationCount to be less than the ${count} images but found ${validationCount}`,
    );
  }
  return {
    train: {
      files: files.slice(validationCount),
      count: count - validationCount,
    },
    validation: {
      files: files.slice(0, validationCount),
      count: validationCount,
    },
  };
}
