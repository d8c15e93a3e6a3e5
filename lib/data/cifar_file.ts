import { sha256 } from "./hash.ts";

/** Height and width of an image. */
export const CIFAR_SIDE = 32;

const PLANE = CIFAR_SIDE * CIFAR_SIDE;
const CHANNELS = 3;

/** Bytes of an image. */
export const CIFAR_IMAGE_BYTES = PLANE * CHANNELS;

/** A file of a binary version of CIFAR-10 or CIFAR-100. */
export interface CifarFile {
  /** Its name in the data set's folder. */
  readonly name: string;
  /** Records in it. */
  readonly count: number;
  /** Its SHA-256 in hexadecimal. */
  readonly sha256: string;
}

/** How a record begins: one byte for each kind of label. */
export interface CifarLabels {
  /** Number of classes of each kind, such as `[20, 100]`. */
  readonly classes: readonly number[];
  /** Which of them is taken. */
  readonly taken: number;
}

/**
 * Reads a file of the binary version of CIFAR-10 or CIFAR-100: records of a
 * byte for each kind of label and 3,072 for the pixels, as a red, a green and a
 * blue plane of 32 rows.
 *
 * @param path The file.
 * @param file What it should be.
 * @param kinds Its labels, and which are taken.
 * @param images Where the pixels go, `[count, 32, 32, 3]`.
 * @param labels Where the labels go, `[count]`.
 * @throws {Error} If it is not there, cut, has a label that is no class, or is
 * altered.
 */
export async function readCifarFile(
  path: string,
  file: Omit<CifarFile, "name">,
  kinds: CifarLabels,
  images: Uint8Array,
  labels: Uint8Array,
): Promise<void> {
  const { classes, taken } = kinds;
  const recordBytes = classes.length + CIFAR_IMAGE_BYTES;
  const bytes = await readBytes(path, file.count * recordBytes);
  for (let i = 0; i < file.count; i++) {
    const start = i * recordBytes;
    for (const [kind, count] of classes.entries()) {
      const label = bytes[start + kind]!;
      if (label < count) continue;
      throw new Error(
        `Expected the labels of ${path} to be 0 to ${
          count - 1
        } but found ${label} in record ${i}`,
      );
    }
    labels[i] = bytes[start + taken]!;
    interleave(
      bytes,
      start + classes.length,
      images,
      i * CIFAR_IMAGE_BYTES,
    );
  }
  // Last, so that what is plainly wrong is said more plainly.
  const found = sha256(bytes);
  if (found !== file.sha256) {
    throw new Error(
      `Expected ${path} to have SHA-256 ${file.sha256} but found ${found}`,
    );
  }
}

async function readBytes(path: string, expected: number): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`Expected a file of CIFAR at ${path} but found none`);
  }
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
