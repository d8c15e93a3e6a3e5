import {
  bytesPerElement,
  DataType,
  dataTypeName,
  sizeOf,
} from "./data_types.ts";
import { checkStatus, type Library } from "./library.ts";
import { bytesAt, int64Array, notNull, type Pointer } from "./memory.ts";

/** Values as tfjs hands them to its backend. */
export type Values = ArrayBufferView | readonly Uint8Array[];

/** Values as tfjs takes them from its backend. */
export type ReadValues =
  | Float32Array
  | Int32Array
  | Uint8Array
  | BigInt64Array
  | Uint8Array[];

/** Bytes of TensorFlow's string object, `TF_TString`. */
const STRING_BYTES = 24;

/**
 * A `TF_Tensor` with a copy of `values`; the caller deletes it.
 *
 * @throws {Error} If the values' type or number does not fit.
 */
export function newTensor(
  library: Library,
  shape: readonly number[],
  dtype: number,
  values: Values,
): Pointer {
  checkValues(shape, dtype, values);
  return ArrayBuffer.isView(values)
    ? newNumericTensor(library, shape, dtype, values)
    : newStringTensor(library, shape, values);
}

function allocate(
  { symbols }: Library,
  shape: readonly number[],
  dtype: number,
  bytes: number,
): Pointer {
  const tensor = symbols.TF_AllocateTensor(
    dtype,
    int64Array(shape),
    shape.length,
    BigInt(bytes),
  );
  return notNull(tensor, `${bytes} bytes of memory`);
}

/**
 * Checks that `values` can be a tensor of this shape and data type.
 *
 * @throws {Error} If the values' type or number does not fit.
 */
export function checkValues(
  shape: readonly number[],
  dtype: number,
  values: Values,
): void {
  const count = sizeOf(shape);
  const where = `shape [${shape.join(", ")}] of ${dataTypeName(dtype)}`;
  if (dtype === DataType.string) {
    if (ArrayBuffer.isView(values)) {
      throw new Error("Expected an array of Uint8Array for a tensor of string");
    }
    if (values.length !== count) {
      throw new Error(
        `Expected ${count} strings for ${where} but found ${values.length}`,
      );
    }
    return;
  }
  if (!ArrayBuffer.isView(values)) {
    throw new Error(`Expected a typed array for ${where}`);
  }
  checkArrayType(dtype, values);
  const bytes = count * bytesPerElement(dtype);
  if (values.byteLength !== bytes) {
    throw new Error(
      `Shape does not match typed-array: expected ${bytes} bytes for ${where} but found ${values.byteLength}`,
    );
  }
}

function newNumericTensor(
  library: Library,
  shape: readonly number[],
  dtype: number,
  values: ArrayBufferView,
): Pointer {
  const { buffer, byteOffset, byteLength } = values;
  const tensor = allocate(library, shape, dtype, byteLength);
  bytesAt(library.symbols.TF_TensorData(tensor), byteLength).set(
    new Uint8Array(buffer, byteOffset, byteLength),
  );
  return tensor;
}

function checkArrayType(dtype: number, values: ArrayBufferView): void {
  const fits = values instanceof Float32Array
    ? dtype === DataType.float32 || dtype === DataType.complex64
    : values instanceof Int32Array
    // tfjs-node keeps int64 as pairs of int32, low word first.
    ? dtype === DataType.int32 || dtype === DataType.int64
    : values instanceof BigInt64Array
    ? dtype === DataType.int64
    : values instanceof Uint8Array
    ? dtype === DataType.bool || dtype === DataType.uint8
    : false;
  if (!fits) {
    throw new Error(
      `Tensor type does not match ${values.constructor.name}: expected values of ${
        dataTypeName(dtype)
      }`,
    );
  }
}

function newStringTensor(
  library: Library,
  shape: readonly number[],
  values: readonly Uint8Array[],
): Pointer {
  const { symbols } = library;
  const bytes = values.length * STRING_BYTES;
  const tensor = allocate(library, shape, DataType.string, bytes);
  const data = symbols.TF_TensorData(tensor);
  values.forEach((value, i) => {
    const string = stringAt(data, i);
    symbols.TF_StringInit(string);
    const bytes = Uint8Array.from(value);
    symbols.TF_StringCopy(string, bytes, BigInt(bytes.length));
  });
  return tensor;
}

/** Frees what the strings of `newTensor` hold beside the tensor itself. */
export function freeStrings({ symbols }: Library, tensor: Pointer): void {
  const data = symbols.TF_TensorData(tensor);
  const count = Number(symbols.TF_TensorElementCount(tensor));
  for (let i = 0; i < count; i++) symbols.TF_StringDealloc(stringAt(data, i));
}

function stringAt(data: Deno.PointerValue, index: number): Pointer {
  return notNull(
    Deno.UnsafePointer.offset(
      notNull(data, "a string tensor's data"),
      index * STRING_BYTES,
    ),
    "a string",
  );
}

/** A copy of the values behind a `TFE_TensorHandle`. */
export function readHandle(
  library: Library,
  handle: Pointer,
  dtype: number,
): ReadValues {
  const { symbols, status } = library;
  const tensor = symbols.TFE_TensorHandleResolve(handle, status);
  checkStatus(library, READING);
  return readTensor(library, notNull(tensor, "a tensor's values"), dtype);
}

/** {@linkcode readHandle} on another thread; the event loop goes on meanwhile. */
export async function readHandleNonblocking(
  library: Library,
  handle: Pointer,
  dtype: number,
): Promise<ReadValues> {
  const { symbols } = library;
  const status = notNull(symbols.TF_NewStatus(), "a status");
  // Whoever has the tensor may dispose of it meanwhile.
  const own = symbols.TFE_TensorHandleCopySharingTensor(handle, status);
  try {
    checkStatus({ symbols, status }, READING);
    const tensor = await symbols.TFE_TensorHandleResolveNonblocking(
      own,
      status,
    );
    checkStatus({ symbols, status }, READING);
    return readTensor(library, notNull(tensor, "a tensor's values"), dtype);
  } finally {
    if (own !== null) symbols.TFE_DeleteTensorHandle(own);
    symbols.TF_DeleteStatus(status);
  }
}

const READING = "Reading a tensor's values";

/** A copy of a tensor's values; the tensor is freed. */
function readTensor(
  library: Library,
  tensor: Pointer,
  dtype: number,
): ReadValues {
  try {
    return dtype === DataType.string
      ? readStrings(library, tensor)
      : readNumbers(library, tensor, dtype);
  } finally {
    library.symbols.TF_DeleteTensor(tensor);
  }
}

function readNumbers(
  { symbols }: Library,
  tensor: Pointer,
  dtype: number,
): ReadValues {
  const length = Number(symbols.TF_TensorByteSize(tensor));
  const { buffer } = bytesAt(symbols.TF_TensorData(tensor), length).slice();
  switch (dtype) {
    case DataType.float32:
    case DataType.complex64: // real and imaginary parts in turn
      return new Float32Array(buffer);
    case DataType.int32:
      return new Int32Array(buffer);
    case DataType.int64:
      return new BigInt64Array(buffer);
    case DataType.bool:
    case DataType.uint8:
    case DataType.resource:
      return new Uint8Array(buffer);
    default:
      throw new Error(`Cannot read values of ${dataTypeName(dtype)}`);
  }
}

function readStrings({ symbols }: Library, tensor: Pointer): Uint8Array[] {
  const data = symbols.TF_TensorData(tensor);
  const count = Number(symbols.TF_TensorElementCount(tensor));
  return Array.from({ length: count }, (_, i) => {
    const string = stringAt(data, i);
    const length = Number(symbols.TF_StringGetSize(string));
    return bytesAt(symbols.TF_StringGetDataPointer(string), length).slice();
  });
}

/** A copy of values that are not in TensorFlow's memory. */
export function readValues(values: Values): ReadValues {
  if (!ArrayBuffer.isView(values)) return values.map((v) => v.slice());
  if (
    values instanceof Float32Array || values instanceof Int32Array ||
    values instanceof Uint8Array || values instanceof BigInt64Array
  ) return values.slice();
  throw new TypeError(`Cannot read values of ${values.constructor.name}`);
}
