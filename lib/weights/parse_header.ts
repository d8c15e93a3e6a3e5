import { findHeaderFault } from "./check_header_text.ts";
import {
  byteLength,
  DATA_TYPES,
  type DataType,
  isDataType,
  isSizes,
} from "./data_type.ts";
import { checkDataLayout } from "./check_data_layout.ts";
import { MAX_RANK } from "./limits.ts";
import { show } from "./show.ts";

/** What a header says of a tensor. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: DataType;
  readonly shape: readonly number[];
  /** Where its bytes begin, counted from the end of the header. */
  readonly start: number;
  /** Where its bytes end, counted from the end of the header. */
  readonly end: number;
}

/** What a safetensors file says of itself. */
export interface Header {
  /** Words about the whole file. */
  readonly metadata: ReadonlyMap<string, string>;
  /** The tensors by name, in the order of their bytes. */
  readonly tensors: ReadonlyMap<string, TensorInfo>;
}

/** The key under which a header holds words about the whole file. */
export const METADATA = "__metadata__";

/**
 * A name that no tensor has: where a plain object serves as a dictionary,
 * setting it changes what the object inherits.
 */
export const REFUSED_NAME = "__proto__";

/**
 * Reads and checks the header of a safetensors file. Nothing is allocated for
 * tensors.
 *
 * @param bytes The header, without its length.
 * @param dataBytes Bytes that follow the header.
 * @param path The file, for errors.
 * @throws {TypeError} If it is no header for a file of this size; the tensor,
 * what was expected and what was found are named.
 */
export function parseHeader(
  bytes: Uint8Array,
  dataBytes: number,
  path: string,
): Header {
  const entries = parseObject(decode(bytes, path), path);
  const metadata = parseMetadata(entries.get(METADATA), path);
  entries.delete(METADATA);
  const infos = [...entries]
    .map(([name, entry]) => parseTensor(name, entry, path))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  checkDataLayout(infos, dataBytes, path);
  return { metadata, tensors: new Map(infos.map((info) => [info.name, info])) };
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    // A byte order mark is kept, so that it is refused as JSON.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
      .decode(bytes);
  } catch {
    throw new TypeError(
      `Expected the header of ${path} to be UTF-8 text but found other bytes`,
    );
  }
}

function parseObject(text: string, path: string): Map<string, unknown> {
  if (!text.startsWith("{")) {
    throw new TypeError(
      `Expected the header of ${path} to be a JSON object but found ${
        show(text)
      }`,
    );
  }
  try {
    const fault = findHeaderFault(text);
    if (fault !== undefined) {
      throw new TypeError(
        `Expected the header of ${path} to be an object of tensors but found ${fault}`,
      );
    }
    return new Map(Object.entries(JSON.parse(text)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TypeError(
      `Expected the header of ${path} to be JSON but found an error: ${error.message}`,
    );
  }
}

function parseMetadata(value: unknown, path: string): Map<string, string> {
  if (value === undefined) return new Map();
  if (!isObject(value)) {
    throw new TypeError(
      `Expected ${METADATA} of ${path} to be an object but found ${
        show(value)
      }`,
    );
  }
  return new Map(
    Object.entries(value).map(([key, item]) => {
      if (typeof item === "string") return [key, item];
      throw new TypeError(
        `Expected ${
          show(key)
        } in ${METADATA} of ${path} to be a string but found ${show(item)}`,
      );
    }),
  );
}

function parseTensor(name: string, entry: unknown, path: string): TensorInfo {
  const fail = (expected: string, found: string): never => {
    throw new TypeError(
      `Expected tensor ${
        show(name)
      } of ${path} to ${expected} but found ${found}`,
    );
  };
  if (name === REFUSED_NAME) fail("have another name", "this one");
  if (!isObject(entry)) return fail("be an object", show(entry));
  const { dtype, shape, data_offsets: offsets } = entry;
  if (!isDataType(dtype)) {
    return fail(`have a dtype of ${DATA_TYPES.join(", ")}`, show(dtype));
  }
  if (Array.isArray(shape) && shape.length > MAX_RANK) {
    return fail(`have at most ${MAX_RANK} dimensions`, String(shape.length));
  }
  if (!isSizes(shape)) {
    return fail("have a shape of whole numbers from 0 up", show(shape));
  }
  if (!isSizes(offsets) || offsets.length !== 2) {
    return fail("have data_offsets of two whole numbers", show(offsets));
  }
  const bytes = byteLength(dtype, shape);
  if (bytes === undefined) {
    return fail(
      `have at most ${Number.MAX_SAFE_INTEGER} bytes`,
      `dtype ${dtype} and shape ${show(shape)}`,
    );
  }
  const [start = 0, end = 0] = offsets;
  if (end - start !== bytes) {
    return fail(
      `have data_offsets ${bytes} bytes apart, for dtype ${dtype} and shape ${
        show(shape)
      },`,
      show(offsets),
    );
  }
  return { name, dtype, shape, start, end };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
