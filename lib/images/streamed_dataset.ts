import { checkOneOf } from "../data/check_one_of.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import { fileInfo } from "../data/file_info.ts";
import { jsonChecksum } from "../data/json_checksum.ts";
import { createRandom } from "../data/random.ts";
import type { StreamedDataset, StreamedImages } from "../data/training_data.ts";
import { MissingImageError } from "./decode_image.ts";
import type { ReadOptions } from "./decoded_images.ts";
import type { ImageFolder } from "./image_folder.ts";
import { relativePath } from "./relative_path.ts";
import { streamed } from "./split_streamed.ts";
import { folderName, trainAndTest } from "./train_and_test.ts";

/** Options of {@linkcode streamImageFolder}. */
export interface StreamOptions extends Pick<ReadOptions, "onBroken"> {
  /** Told of what is left out; by default it is printed. */
  readonly onMessage?: (message: string) => void;
}

const OPTIONS: OptionNames<StreamOptions> = { onBroken: true, onMessage: true };

/** Files whose size is part of the checksum. */
const SIZES = 10_000;

/**
 * A data set of photographs in the layout of ImageNet (R15 section 3.4), to be
 * read while a network trains: `train` with one folder for each class, and `test`
 * or `val` with the same classes. ImageNet's own `test`, which has no classes, is
 * passed over.
 *
 * Nothing is decoded before it is used. The images are shuffled, in the same way
 * each time: the first ones, which the points of a curve are of, and those that a
 * recipe sets aside are then of all classes. The checksum is of the images'
 * names and classes and of the sizes of up to 10,000 files, since to read all of
 * ImageNet for it would take an hour: pictures that are resized make another
 * data set, one that is changed may not.
 *
 * Training reads them by R15's scale augmentation; in place of the mean image it
 * subtracts ImageNet's mean of each channel
 * ({@linkcode TORCHVISION_NORMALISATION}).
 *
 * @param directory The folder that holds `train` and `test` or `val`.
 * @throws {Error} If a folder is missing, a class has no image, or the classes
 * differ.
 * @throws {MissingImageError} If one of these files is a link that leads
 * nowhere, unless such images are skipped.
 * @throws {RangeError} If `onBroken` is neither "throw" nor "skip".
 * @throws {TypeError} If an option is none of those that there are.
 *
 * @example Two classes
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { join } from "@std/path";
 * import { streamImageFolder } from "./streamed_dataset.ts";
 *
 * const directory = await Deno.makeTempDir();
 * for (const folder of ["train/cat", "train/dog", "val/cat", "val/dog"]) {
 *   await Deno.mkdir(join(directory, folder), { recursive: true });
 *   await Deno.create(join(directory, folder, "1.jpg"));
 * }
 * const { classes, train } = await streamImageFolder(directory);
 * assertEquals(classes, ["cat", "dog"]);
 * assertEquals(train.count, 2);
 * ```
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
  options: StreamOptions = {},
): Promise<StreamedDataset> {
  checkOptions(options, OPTIONS);
  const { onBroken = "throw", onMessage = console.log } = options;
  checkOneOf(onBroken, ["throw", "skip"], "onBroken");
  const { train, test } = await trainAndTest(directory, onMessage);
  const names = [namesOf(train), namesOf(test)];
  const sizes = await sizesOf([...train.images, ...test.images], onBroken);
  return {
    name: folderName(directory),
    directory,
    channels: 3,
    classes: train.classes,
    train: shuffled(train),
    test: shuffled(test),
    checksum: `sha256:${jsonChecksum([...names, sizes])}`,
    source:
      `the images in ${train.directory}, to test on those in ${test.directory}, read while a network trains`,
    onBroken,
    onMessage,
  };
}

/** The images' places below the folder, whatever the system, and classes. */
function namesOf({ directory, images }: ImageFolder): [string, number][] {
  return images.map(({ path, label }) => [
    relativePath(directory, path),
    label,
  ]);
}

/**
 * Sizes in bytes of files spread evenly over all; `null` of one that is a link
 * which leads nowhere.
 */
async function sizesOf(
  images: ImageFolder["images"],
  onBroken: "throw" | "skip",
): Promise<(number | null)[]> {
  const step = Math.max(1, images.length / SIZES);
  const sizes: (number | null)[] = [];
  for (let at = 0; at < images.length; at += step) {
    const { path } = images[Math.floor(at)]!;
    const info = await fileInfo(path);
    if (info === null && onBroken === "throw") {
      throw new MissingImageError(path);
    }
    sizes.push(info?.size ?? null);
  }
  return sizes;
}

function shuffled({ images }: ImageFolder): StreamedImages {
  const order = createRandom(0).permutation(images.length);
  return streamed(Array.from(order, (place) => images[place]!));
}
