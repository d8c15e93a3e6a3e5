/** An address that is not null. */
export type Pointer = Deno.PointerObject;

const encoder = new TextEncoder();
const cStrings = new Map<string, Uint8Array<ArrayBuffer>>();

/**
 * The bytes of `text` with a closing zero, as C wants them. The bytes are kept:
 * names of ops, attributes and functions, and attributes that are texts, come
 * again at every step.
 */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  let bytes = cStrings.get(text);
  if (bytes === undefined) {
    bytes = encoder.encode(`${text}\0`);
    cStrings.set(text, bytes);
  }
  return bytes;
}

/** Reads the C string at `pointer`; an empty text for a null pointer. */
export function readCString(pointer: Deno.PointerValue): string {
  return pointer === null ? "" : Deno.UnsafePointerView.getCString(pointer);
}

/** The `length` bytes at `pointer`, not copied. */
export function bytesAt(
  pointer: Deno.PointerValue,
  length: number,
): Uint8Array<ArrayBuffer> {
  if (pointer === null || length === 0) return new Uint8Array(0);
  return new Uint8Array(
    Deno.UnsafePointerView.getArrayBuffer(pointer, length),
  );
}

/** The address that `pointer` holds, for arrays of pointers. */
export function addressOf(pointer: Deno.PointerValue): bigint {
  return Deno.UnsafePointer.value(pointer);
}

/** The pointer for an address that C wrote into an array of pointers. */
export function pointerAt(address: bigint | undefined): Deno.PointerValue {
  return address === undefined ? null : Deno.UnsafePointer.create(address);
}

/** `pointer`, checked: C answers with a null pointer where it failed. */
export function notNull(pointer: Deno.PointerValue, what: string): Pointer {
  if (pointer === null) {
    throw new Error(`Expected TensorFlow to give ${what} but it gave none`);
  }
  return pointer;
}

/** An integer array for a C parameter of type `const int64_t*`. */
export function int64Array(values: ArrayLike<number>): BigInt64Array<
  ArrayBuffer
> {
  const integers = new BigInt64Array(values.length);
  for (let i = 0; i < values.length; i++) integers[i] = BigInt(values[i] ?? 0);
  return integers;
}
