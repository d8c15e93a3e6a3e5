/**
 * The data types that are read and written, by their names in a safetensors
 * file, from the strictest alignment down. Tensors stand in a file in this
 * order, so that each begins at a multiple of its type's size.
 */
export type DataType =
  | "I64"
  | "F64"
  | "F32"
  | "I32"
  | "BF16"
  | "F16"
  | "I16"
  | "I8"
  | "U8"
  | "BOOL";

/** Bytes of a value, by data type in the order of {@linkcode DataType}. */
const BYTES: ReadonlyMap<DataType, number> = new Map([
  ["I64", 8],
  ["F64", 8],
  ["F32", 4],
  ["I32", 4],
  ["BF16", 2],
  ["F16", 2],
  ["I16", 2],
  ["I8", 1],
  ["U8", 1],
  ["BOOL", 1],
]);

/** All data types, in the order in which their tensors stand in a file. */
export const DATA_TYPES: readonly DataType[] = [...BYTES.keys()];

/** Whether a value of a header names a data type that is read. */
export function isDataType(value: unknown): value is DataType {
  return BYTES.has(value as DataType);
}

/** Whether a value is a list of whole numbers from 0 up, such as a shape. */
export function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) &&
    value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

/**
 * The bytes of a tensor.
 *
 * @returns A whole number, or `undefined` if it is too large to be one.
 */
export function byteLength(
  dtype: DataType,
  shape: readonly number[],
): number | undefined {
  let bytes = BYTES.get(dtype) ?? NaN;
  for (const length of shape) {
    bytes *= length;
    if (!Number.isSafeInteger(bytes)) return undefined;
  }
  return bytes;
}
