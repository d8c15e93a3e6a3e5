import type { DataType } from "./data_type.ts";

/** A tensor as a file holds it. */
export interface StoredTensor {
  readonly name: string;
  readonly dtype: DataType;
  readonly shape: readonly number[];
  /** The values one after another, the last dimension fastest, little-endian. */
  readonly bytes: Uint8Array;
}

/**
 * A tensor of 32-bit numbers, to be written.
 *
 * @param values The last dimension fastest; they are not copied.
 */
export function float32Tensor(
  name: string,
  shape: readonly number[],
  values: Float32Array,
): StoredTensor {
  const { buffer, byteOffset, byteLength } = values;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return { name, dtype: "F32", shape, bytes };
}
