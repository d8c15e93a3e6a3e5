/**
 * The bytes of a safetensors file, right or wrong.
 *
 * @param header The header, as text or bytes or as what becomes JSON.
 * @param data What follows it.
 * @param length What the file says is the header's length.
 */
export function rawFile(
  header: unknown,
  data: number | Uint8Array = 0,
  length?: bigint,
): Uint8Array {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const bytes = header instanceof Uint8Array
    ? header
    : new TextEncoder().encode(text);
  const tail = typeof data === "number" ? new Uint8Array(data) : data;
  const file = new Uint8Array(8 + bytes.length + tail.length);
  new DataView(file.buffer).setBigUint64(
    0,
    length ?? BigInt(bytes.length),
    true,
  );
  file.set(bytes, 8);
  file.set(tail, 8 + bytes.length);
  return file;
}

/** A header's entry for a tensor, by default of two 32-bit numbers. */
export function entry(
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  return { dtype: "F32", shape: [2], data_offsets: [0, 8], ...changes };
}
