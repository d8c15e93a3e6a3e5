/** TensorFlow's data types (`TF_DataType`) that tfjs's kernels use. */
export const DataType = {
  float32: 1,
  int32: 3,
  uint8: 4,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  resource: 20,
} as const;

const NAMES = new Map<number, string>(
  Object.entries(DataType).map(([name, code]) => [code, name]),
);

const BYTES = new Map<number, number>([
  [DataType.float32, 4],
  [DataType.int32, 4],
  [DataType.uint8, 1],
  [DataType.complex64, 8],
  [DataType.int64, 8],
  [DataType.bool, 1],
]);

/** The name of a data type for messages. */
export function dataTypeName(code: number): string {
  return NAMES.get(code) ?? `data type ${code}`;
}

/**
 * Bytes of one element.
 *
 * @throws {Error} If elements of this type have no fixed size.
 */
export function bytesPerElement(code: number): number {
  const bytes = BYTES.get(code);
  if (bytes === undefined) {
    throw new Error(
      `Expected a data type of fixed size but found ${dataTypeName(code)}`,
    );
  }
  return bytes;
}

/** Number of elements of a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A shape and data type for messages, such as "[2, 3] float32". */
export function describe(
  { shape, dtype }: { shape: readonly number[]; dtype: number },
): string {
  return `[${shape.join(", ")}] ${dataTypeName(dtype)}`;
}
