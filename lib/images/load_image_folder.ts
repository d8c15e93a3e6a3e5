import { checkInteger } from "../data/check_integer.ts";
import type { Dataset, LabelledImages } from "../data/dataset.ts";
import { datasetChecksum } from "../data/hash.ts";
import type { ImageFolder } from "./image_folder.ts";
import { decodedImages, type ReadOptions } from "./decoded_images.ts";
import { centreCrop } from "./judging_views.ts";
import { folderName, trainAndTest } from "./train_and_test.ts";

/** Options of {@linkcode loadImageFolder}. */
export interface LoadImageFolderOptions extends ReadOptions {
  /**
   * Height and width that all images get: the shorter side is resized to it,
   * and the middle is kept.
   *
   * @default {32}
   */
  imageSize?: number;
  /** Told of what is left out; by default it is printed. */
  onMessage?: (message: string) => void;
}

/**
 * Loads a folder of images as a data set that is wholly in memory: `train` with
 * one folder for each class, and `test` or `val` with the same classes. For
 * small images and small sets; ImageNet's own are too many (see
 * {@linkcode streamImageFolder}).
 *
 * @throws {BrokenImageError} At an image that cannot be decoded, unless these
 * are skipped, which is said.
 * @throws {Error} If a folder is missing, the classes differ or are more than
 * 256, or the backend is not "tensorflow".
 */
export async function loadImageFolder(
  directory: string,
  options: LoadImageFolderOptions = {},
): Promise<Dataset> {
  const { imageSize = 32, onMessage = console.log } = options;
  checkInteger(imageSize, "imageSize", 1);
  const { train, test } = await trainAndTest(directory, onMessage);
  const { classes } = train;
  if (classes.length > 256) {
    throw new Error(
      `Expected at most 256 classes in ${train.directory} but found ${classes.length}: use streamImageFolder(), or --data imagenet:PATH`,
    );
  }
  const load = (folder: ImageFolder) =>
    loadImages(folder, imageSize, { ...options, onMessage });
  const [trainImages, testImages] = [await load(train), await load(test)];
  return {
    name: folderName(directory),
    height: imageSize,
    width: imageSize,
    channels: 3,
    classes,
    train: trainImages,
    test: testImages,
    checksum: datasetChecksum(trainImages, testImages),
    source:
      `the images in ${directory}, resized to ${imageSize}x${imageSize} pixels`,
  };
}

async function loadImages(
  folder: ImageFolder,
  size: number,
  { onMessage, ...options }:
    & ReadOptions
    & Required<Pick<LoadImageFolderOptions, "onMessage">>,
): Promise<LabelledImages> {
  const bytes = size * size * 3;
  const images = new Uint8Array(folder.images.length * bytes);
  const labels: number[] = [];
  for await (const read of decodedImages(folder, options)) {
    if ("broken" in read) {
      onMessage(`Left out: ${read.broken.message}`);
      continue;
    }
    const crop = await centreCrop(read.pixels, { size, shorterSide: size });
    images.set(await crop.data(), labels.length * bytes);
    crop.dispose();
    labels.push(read.image.label);
  }
  const count = labels.length;
  if (count === 0) {
    throw new Error(`Expected an image in ${folder.directory} but found none`);
  }
  return {
    images: images.slice(0, count * bytes),
    labels: Uint8Array.from(labels),
    count,
  };
}
