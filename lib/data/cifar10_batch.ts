import { sha256 } from "./hash.ts";

/** Images in one file of the binary version. */
export const IMAGES_PER_BATCH = 10_000;

/** Height and width of an image. */
export const CIFAR_SIDE = 32;

const PLANE = CIFAR_SIDE * CIFAR_SIDE;
const CHANNELS = 3;
const IMAGE_BYTES = PLANE * CHANNELS;
const RECORD_BYTES = 1 + IMAGE_BYTES;
const CLASS_COUNT = 10;

/**
 * Reads a file of CIFAR-10's binary version: 10,000 records, each of one byte
 * for the label and 3,072 for the pixels, as a red, a green and a blue plane of
 * 32 rows.
 *
 * @param path The file.
 * @param checksum Its SHA-256 in hexadecimal.
 * @param images Where the pixels go, `[10000, 32, 32, 3]`.
 * @param labels Where the labels go, `[10000]`.
 * @throws {Error} If it is not there, cut, has a label above 9 or is altered.
 */
export async function readCifar10Batch(
  path: string,
  checksum: string,
  images: Uint8Array,
  labels: Uint8Array,
): Promise<void> {
  const bytes = await readBytes(path);
  for (let i = 0; i < IMAGES_PER_BATCH; i++) {
    const start = i * RECORD_BYTES;
    const label = bytes[start]!;
    if (label >= CLASS_COUNT) {
      throw new Error(
        `Expected the labels of ${path} to be 0 to ${
          CLASS_COUNT - 1
        } but found ${label} in record ${i}`,
      );
    }
    labels[i] = label;
    interleave(bytes, start + 1, images, i * IMAGE_BYTES);
  }
  // Last, so that what is plainly wrong is said more plainly.
  const found = sha256(bytes);
  if (found !== checksum) {
    throw new Error(
      `Expected ${path} to have SHA-256 ${checksum} but found ${found}`,
    );
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`Expected a file of CIFAR-10 at ${path} but found none`);
  }
  const expected = IMAGES_PER_BATCH * RECORD_BYTES;
  if (bytes.length !== expected) {
    throw new Error(
      `Expected ${path} to have ${expected} bytes but found ${bytes.length}`,
    );
  }
  return bytes;
}

/** `[channel, row, column]` to `[row, column, channel]`. */
function interleave(
  planes: Uint8Array,
  start: number,
  pixels: Uint8Array,
  target: number,
): void {
  for (let i = 0; i < PLANE; i++) {
    pixels[target++] = planes[start + i]!;
    pixels[target++] = planes[start + PLANE + i]!;
    pixels[target++] = planes[start + 2 * PLANE + i]!;
  }
}
