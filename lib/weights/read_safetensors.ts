import { MAX_HEADER_BYTES } from "./limits.ts";
import { type Header, parseHeader, type TensorInfo } from "./parse_header.ts";
import { show } from "./show.ts";
import type { StoredTensor } from "./stored_tensor.ts";

/** Bytes of the header's length, at the start of a file. */
const LENGTH_BYTES = 8;

/**
 * Opens a safetensors file and checks all that it says of itself, before
 * anything is allocated for a tensor.
 *
 * @param path The file.
 * @throws {TypeError} If it is no such file, or its header has more than 16 MiB,
 * 100,000 tensors or a tensor of more than 8 dimensions; the tensor, what was expected and
 * what was found are named.
 * @throws {Deno.errors.NotFound} If there is no such file.
 *
 * @example Usage
 * ```ts
 * import { openSafetensors } from "./read_safetensors.ts";
 * import { float32Tensor } from "./stored_tensor.ts";
 * import { toFloat32 } from "./to_float32.ts";
 * import { writeSafetensors } from "./write_safetensors.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * await writeSafetensors(path, [float32Tensor("a", [2], Float32Array.of(1, 2))]);
 * {
 *   using file = await openSafetensors(path);
 *   assertEquals([...file.tensors.keys()], ["a"]);
 *   assertEquals([...toFloat32(await file.read("a"))], [1, 2]);
 * }
 * await Deno.remove(path);
 * ```
 */
export async function openSafetensors(path: string): Promise<SafetensorsFile> {
  // Asked first: to open a pipe would wait for someone to write to it.
  if (!(await Deno.stat(path)).isFile) {
    throw new TypeError(
      `Expected ${path} to be a file but found something else`,
    );
  }
  const file = await Deno.open(path);
  try {
    const { size } = await file.stat();
    const headerBytes = await readHeaderLength(file, size, path);
    const bytes = await readBytes(file, LENGTH_BYTES, headerBytes, path);
    const dataStart = LENGTH_BYTES + headerBytes;
    const header = parseHeader(bytes, size - dataStart, path);
    return new SafetensorsFile(path, header, file, dataStart);
  } catch (error) {
    file.close();
    throw error;
  }
}

/**
 * An open safetensors file, whose tensors are read one by one. `using` closes
 * it.
 */
export class SafetensorsFile implements Disposable {
  /** The file. */
  readonly path: string;
  /** Words about the whole file. */
  readonly metadata: ReadonlyMap<string, string>;
  /** What there is, by name, in the order of the bytes. */
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly #file: Deno.FsFile;
  readonly #dataStart: number;
  #lastRead: Promise<unknown> = Promise.resolve();

  /** For {@linkcode openSafetensors}, which checks all of these. */
  constructor(
    path: string,
    { metadata, tensors }: Header,
    file: Deno.FsFile,
    dataStart: number,
  ) {
    this.path = path;
    this.metadata = metadata;
    this.tensors = tensors;
    this.#file = file;
    this.#dataStart = dataStart;
  }

  /**
   * Reads a tensor.
   *
   * @throws {Error} If the file has none of this name.
   */
  read(name: string): Promise<StoredTensor> {
    // One after another: a file has one place at which it is read.
    const reading = this.#lastRead.then(() => this.#readNow(name));
    this.#lastRead = reading.catch(() => {});
    return reading;
  }

  /** Reads the tensors one after another, in the order of their bytes. */
  async *[Symbol.asyncIterator](): AsyncGenerator<StoredTensor> {
    for (const name of this.tensors.keys()) yield await this.read(name);
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#file.close();
  }

  async #readNow(name: string): Promise<StoredTensor> {
    const info = this.tensors.get(name);
    if (info === undefined) {
      throw new Error(
        `Expected tensor ${show(name)} in ${this.path} but found none`,
      );
    }
    const { dtype, shape, start, end } = info;
    const from = this.#dataStart + start;
    const bytes = await readBytes(this.#file, from, end - start, this.path);
    return { name, dtype, shape, bytes };
  }
}

async function readHeaderLength(
  file: Deno.FsFile,
  size: number,
  path: string,
): Promise<number> {
  if (size < LENGTH_BYTES) {
    throw new TypeError(
      `Expected ${path} to have at least ${LENGTH_BYTES} bytes but found ${size}`,
    );
  }
  const bytes = await readBytes(file, 0, LENGTH_BYTES, path);
  const length = new DataView(bytes.buffer).getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES) {
    throw new TypeError(
      `Expected the header of ${path} to have at most ${MAX_HEADER_BYTES} bytes but found a length of ${length}: is it a safetensors file?`,
    );
  }
  if (length > size - LENGTH_BYTES) {
    throw new TypeError(
      `Expected the header of ${path} to end within the ${
        size - LENGTH_BYTES
      } bytes after its length but found a length of ${length}`,
    );
  }
  return Number(length);
}

async function readBytes(
  file: Deno.FsFile,
  from: number,
  length: number,
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
  await file.seek(from, Deno.SeekMode.Start);
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const read = await file.read(bytes.subarray(done));
    if (read === null) {
      throw new Error(
        `Expected ${path} to stay as it is while it is read but it became shorter`,
      );
    }
    done += read;
  }
  return bytes;
}
