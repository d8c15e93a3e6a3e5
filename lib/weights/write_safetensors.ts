import { replaceFile } from "../data/replace_file.ts";
import { byteLength, DATA_TYPES, isSizes } from "./data_type.ts";
import { inChunks } from "./in_chunks.ts";
import { MAX_HEADER_BYTES, MAX_KEYS, MAX_RANK } from "./limits.ts";
import { METADATA, REFUSED_NAME } from "./parse_header.ts";
import { show } from "./show.ts";
import type { StoredTensor } from "./stored_tensor.ts";

/** Options of {@linkcode writeSafetensors}. */
export interface WriteSafetensorsOptions {
  /** Words about the whole file, such as `format` and `pt`. */
  readonly metadata?: ReadonlyMap<string, string>;
}

/** A header is filled with spaces to a multiple of so many bytes. */
const ALIGNMENT = 8;

/**
 * Writes a safetensors file, byte for byte as the reference implementation
 * does: tensors by data type from the strictest alignment down, then by name.
 * The file appears when it is whole; if writing fails, what was there stays.
 *
 * @param path The file, new or to be replaced.
 * @param tensors In any order.
 * @throws {TypeError} If two tensors have one name, a name cannot be written, a
 * tensor's bytes are not those of its shape and data type, or there is more than
 * {@linkcode openSafetensors} reads.
 */
export async function writeSafetensors(
  path: string,
  tensors: Iterable<StoredTensor>,
  options: WriteSafetensorsOptions = {},
): Promise<void> {
  const { metadata = new Map() } = options;
  const ordered = [...tensors].sort(compareTensors);
  const header = formatHeader(ordered, metadata);
  if (header.length > MAX_HEADER_BYTES) {
    throw new TypeError(
      `Expected a header of at most ${MAX_HEADER_BYTES} bytes for ${path} but found ${header.length}`,
    );
  }
  const length = new DataView(new ArrayBuffer(ALIGNMENT));
  length.setBigUint64(0, BigInt(header.length), true);
  const parts = [
    new Uint8Array(length.buffer),
    header,
    ...ordered.map(({ bytes }) => bytes),
  ];
  await replaceFile(path, ReadableStream.from(inChunks(parts)));
}

function formatHeader(
  tensors: readonly StoredTensor[],
  metadata: ReadonlyMap<string, string>,
): Uint8Array {
  const words = [...metadata].sort(([a], [b]) => compareText(a, b));
  words.flat().forEach(checkText);
  const entries = words.length > 0
    ? [
      formatEntry(
        METADATA,
        `{${words.map(([k, v]) => formatEntry(k, JSON.stringify(v)))}}`,
      ),
    ]
    : [];
  checkCount("tensors and metadata", tensors.length + entries.length);
  checkCount("words of metadata", words.length);
  const names = new Set<string>();
  let offset = 0;
  for (const tensor of tensors) {
    checkTensor(tensor);
    const { name, dtype, shape, bytes } = tensor;
    if (names.has(name)) {
      throw new TypeError(`Expected one tensor ${show(name)} but found two`);
    }
    names.add(name);
    const end = offset + bytes.length;
    const info = { dtype, shape, data_offsets: [offset, end] };
    entries.push(formatEntry(name, JSON.stringify(info)));
    offset = end;
  }
  const bytes = new TextEncoder().encode(`{${entries}}`);
  const padded = new Uint8Array(Math.ceil(bytes.length / ALIGNMENT) * ALIGNMENT)
    .fill(" ".charCodeAt(0));
  padded.set(bytes);
  return padded;
}

function checkCount(what: string, count: number): void {
  if (count > MAX_KEYS) {
    throw new TypeError(
      `Expected at most ${MAX_KEYS} ${what} but found ${count}`,
    );
  }
}

/** By hand: an object would put keys that are numbers first. */
function formatEntry(key: string, json: string): string {
  return `${JSON.stringify(key)}:${json}`;
}

function checkTensor({ name, dtype, shape, bytes }: StoredTensor): void {
  checkText(name);
  if (name === METADATA || name === REFUSED_NAME) {
    throw new TypeError(
      `Expected a tensor to have a name of its own but found ${show(name)}`,
    );
  }
  if (!isSizes(shape)) {
    throw new TypeError(
      `Expected tensor ${
        show(name)
      } to have a shape of whole numbers from 0 up but found ${show(shape)}`,
    );
  }
  if (shape.length > MAX_RANK) {
    throw new TypeError(
      `Expected tensor ${
        show(name)
      } to have at most ${MAX_RANK} dimensions but found ${shape.length}`,
    );
  }
  const expected = byteLength(dtype, shape);
  if (bytes.length !== expected) {
    throw new TypeError(
      `Expected tensor ${show(name)} of dtype ${dtype} and shape ${
        show(shape)
      } to have ${expected} bytes but found ${bytes.length}`,
    );
  }
}

/** What is no Unicode text cannot be written as UTF-8. */
function checkText(text: string): void {
  if (!text.isWellFormed()) {
    throw new TypeError(`Expected Unicode text but found ${show(text)}`);
  }
}

function compareTensors(a: StoredTensor, b: StoredTensor): number {
  return DATA_TYPES.indexOf(a.dtype) - DATA_TYPES.indexOf(b.dtype) ||
    compareText(a.name, b.name);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
