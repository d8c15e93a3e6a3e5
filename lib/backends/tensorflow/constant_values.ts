import { bytesPerElement, DataType, sizeOf } from "./data_types.ts";
import type { Values } from "./tensor_data.ts";
import type { HostValue } from "./value.ts";

/**
 * Values larger than this are no constants of a graph: those that are all the
 * same become a `Fill`, the others an input. A graph is serialised when it is
 * made into a function, and protobuf ends at 2 GB.
 */
const LARGEST_CONSTANT_BYTES = 16384;

/** A text that small constants share only if they are the same. */
export function smallKey(value: HostValue): string | undefined {
  const { shape, dtype, values } = value;
  if (!ArrayBuffer.isView(values) || values.byteLength > 64) return undefined;
  const { buffer, byteOffset, byteLength } = values;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return `${dtype}[${shape.join()}]${bytes.join()}`;
}

/** Whether values are too many to be written into a graph. */
export function isLarge({ shape, dtype }: HostValue): boolean {
  return dtype !== DataType.string &&
    sizeOf(shape) * bytesPerElement(dtype) > LARGEST_CONSTANT_BYTES;
}

/** The first of `values`, if all others have the same bytes. */
export function uniformValue(
  values: Values,
  dtype: number,
): Values | undefined {
  if (!ArrayBuffer.isView(values)) return undefined;
  const { buffer, byteOffset, byteLength } = values;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const width = bytesPerElement(dtype);
  for (let i = width; i < bytes.length; i++) {
    if (bytes[i] !== bytes[i - width]) return undefined;
  }
  const first = bytes.slice(0, width).buffer;
  switch (dtype) {
    case DataType.float32:
    case DataType.complex64:
      return new Float32Array(first);
    case DataType.int32:
      return new Int32Array(first);
    case DataType.int64:
      return new BigInt64Array(first);
    default:
      return new Uint8Array(first);
  }
}
