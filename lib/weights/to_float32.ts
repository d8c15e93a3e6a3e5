import type { StoredTensor } from "./stored_tensor.ts";

/**
 * A tensor's values as 32-bit numbers: each becomes the nearest that there is,
 * infinite where it is too large for one. Whole numbers are exact up to 2^24;
 * BOOL gives 0 and 1.
 *
 * @returns The values, the last dimension fastest. They may share the memory of
 * the tensor's bytes.
 *
 * @example Usage
 * ```ts
 * import { toFloat32 } from "./to_float32.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = Uint8Array.of(0, 0x3c, 0, 0xc0);
 * const values = toFloat32({ name: "a", dtype: "F16", shape: [2], bytes });
 * assertEquals([...values], [1, -2]);
 * ```
 */
export function toFloat32({ dtype, bytes }: StoredTensor): Float32Array {
  // A typed array reads bytes as the machine does: all that Deno runs on are
  // little-endian, as the format is.
  switch (dtype) {
    case "F32":
      return new Float32Array(...span(bytes, 4));
    case "F64":
      return new Float32Array(new Float64Array(...span(bytes, 8)));
    case "F16":
      return new Float32Array(new Float16Array(...span(bytes, 2)));
    case "BF16":
      return fromBrainFloat(new Uint16Array(...span(bytes, 2)));
    case "I64":
      return Float32Array.from(new BigInt64Array(...span(bytes, 8)), Number);
    case "I32":
      return new Float32Array(new Int32Array(...span(bytes, 4)));
    case "I16":
      return new Float32Array(new Int16Array(...span(bytes, 2)));
    case "I8":
      return new Float32Array(new Int8Array(...span(bytes, 1)));
    case "U8":
      return new Float32Array(bytes);
    case "BOOL":
      return Float32Array.from(bytes, (byte) => byte === 0 ? 0 : 1);
  }
}

/** Where a typed array finds `bytes`; a copy of them if it could not start there. */
function span(
  bytes: Uint8Array,
  size: number,
): [buffer: ArrayBufferLike, offset: number, length: number] {
  const { buffer, byteOffset } = bytes.byteOffset % size === 0
    ? bytes
    : bytes.slice();
  return [buffer, byteOffset, bytes.byteLength / size];
}

/** A brain float is the upper half of a 32-bit number. */
function fromBrainFloat(halves: Uint16Array): Float32Array {
  const bits = Uint32Array.from(halves, (half) => half << 16);
  return new Float32Array(bits.buffer);
}
