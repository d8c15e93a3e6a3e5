import { type Attribute, setAttribute } from "./attributes.ts";
import { type Context, moveToDevice } from "./context.ts";
import { DataType, describe } from "./data_types.ts";
import { checkStatus, type Library } from "./library.ts";
import { cString, notNull, type Pointer, pointerAt } from "./memory.ts";
import { freeStrings, newTensor } from "./tensor_data.ts";
import type { EagerValue, HostNumbers, VariableValue } from "./value.ts";

/**
 * Copies values into a tensor on the device. Tensors of int32 and string stay
 * in the host's memory, where TensorFlow's GPU kernels want them.
 *
 * @param onCpu Whether others stay there too, as for ops that run on the CPU.
 */
export function upload(
  library: Library,
  context: Context,
  { shape, dtype, values }: HostNumbers,
  onCpu = false,
): EagerValue {
  const { symbols, status } = library;
  const tensor = newTensor(library, shape, dtype, values);
  try {
    const created = symbols.TFE_NewTensorHandle(tensor, status);
    checkStatus(library, "Creating a tensor");
    let handle = notNull(created, "a tensor handle");
    if (dtype === DataType.string) {
      handle = ownStrings(library, context, handle, tensor);
    } else if (
      !onCpu && context.device.type !== "CPU" && dtype !== DataType.int32
    ) {
      handle = moveToDevice(library, context, handle);
    }
    return { kind: "eager", handle, shape: [...shape], dtype };
  } finally {
    symbols.TF_DeleteTensor(tensor);
  }
}

/**
 * Copies a tensor of strings into one that frees its strings by itself, which
 * those allocated through the C API do not.
 */
function ownStrings(
  library: Library,
  context: Context,
  handle: Pointer,
  tensor: Pointer,
): Pointer {
  let copy: EagerValue | undefined;
  try {
    const source = wrapHandle(library, handle);
    [copy] = runOp(library, context, "DeepCopy", [], [source], 1);
  } finally {
    library.symbols.TFE_DeleteTensorHandle(handle);
    freeStrings(library, tensor);
  }
  if (copy === undefined) throw new Error("DeepCopy gave no output");
  return copy.handle;
}

/** What an op that runs may be given. */
export type Input = EagerValue | VariableValue;

/** An op ready to run, as `TFE_Execute` wants it. */
export interface PreparedOp {
  readonly name: string;
  readonly op: Pointer;
  readonly inputs: readonly Input[];
}

/**
 * Makes an op with its inputs and attributes. Inputs come first: the types that
 * TensorFlow infers from them prevail over attributes, and tfjs calls tensors
 * of uint8 and int64 int32.
 */
export function prepareOp(
  library: Library,
  context: Context,
  name: string,
  attributes: readonly Attribute[],
  inputs: readonly Input[],
): PreparedOp {
  const { symbols, status } = library;
  const op = symbols.TFE_NewOp(context.pointer, cString(name), status);
  checkStatus(library, `TensorFlow op ${name}`);
  const prepared = { name, op: notNull(op, "an op"), inputs };
  try {
    for (const { handle } of inputs) {
      symbols.TFE_OpAddInput(op, handle, status);
      checkStatus(library, () => whereOf(prepared));
    }
    for (const attribute of attributes) {
      setAttribute(library, "TFE_OpSetAttr", prepared.op, attribute);
    }
    return prepared;
  } catch (error) {
    symbols.TFE_DeleteOp(op);
    throw error;
  }
}

/**
 * Has an op run on the CPU whatever the context's device is.
 *
 * @throws {Error} If it cannot; the op is freed then.
 */
export function placeOnCpu(library: Library, { op, name }: PreparedOp): void {
  const { symbols, status } = library;
  const device = cString("/job:localhost/replica:0/task:0/device:CPU:0");
  symbols.TFE_OpSetDevice(op, device, status);
  try {
    checkStatus(library, `Placing TensorFlow op ${name}`);
  } catch (error) {
    symbols.TFE_DeleteOp(op);
    throw error;
  }
}

/** Runs an op and waits for it. */
export function execute(
  library: Library,
  prepared: PreparedOp,
  outputs: number,
): EagerValue[] {
  const { symbols, status } = library;
  const handles = new BigUint64Array(outputs);
  const count = Int32Array.of(outputs);
  symbols.TFE_Execute(prepared.op, handles, count, status);
  symbols.TFE_DeleteOp(prepared.op);
  checkStatus(library, () => whereOf(prepared));
  return wrapHandles(library, handles, count);
}

/** Makes an op, runs it, and waits for it. */
export function runOp(
  library: Library,
  context: Context,
  name: string,
  attributes: readonly Attribute[],
  inputs: readonly Input[],
  outputs: number,
): EagerValue[] {
  const op = prepareOp(library, context, name, attributes, inputs);
  return execute(library, op, outputs);
}

/** Runs an op on another thread; the event loop goes on meanwhile. */
export async function executeNonblocking(
  library: Library,
  prepared: PreparedOp,
  outputs: number,
): Promise<EagerValue[]> {
  const { symbols } = library;
  const status = notNull(symbols.TF_NewStatus(), "a status");
  const handles = new BigUint64Array(outputs);
  const count = Int32Array.of(outputs);
  try {
    await symbols.TFE_ExecuteNonblocking(prepared.op, handles, count, status);
    checkStatus({ symbols, status }, () => whereOf(prepared));
  } finally {
    symbols.TFE_DeleteOp(prepared.op);
    symbols.TF_DeleteStatus(status);
  }
  return wrapHandles(library, handles, count);
}

function whereOf({ name, inputs }: PreparedOp): string {
  return `TensorFlow op ${name}(${inputs.map(describe).join(", ")})`;
}

function wrapHandles(
  library: Library,
  handles: BigUint64Array,
  count: Int32Array,
): EagerValue[] {
  return Array.from(
    handles.subarray(0, count[0]),
    (address) =>
      wrapHandle(library, notNull(pointerAt(address), "an op's output")),
  );
}

/** A `TFE_TensorHandle` with its shape and data type. */
export function wrapHandle(library: Library, handle: Pointer): EagerValue {
  const { symbols, status } = library;
  const rank = symbols.TFE_TensorHandleNumDims(handle, status);
  checkStatus(library, "Reading a tensor's shape");
  const shape = Array.from(
    { length: rank },
    (_, i) => Number(symbols.TFE_TensorHandleDim(handle, i, status)),
  );
  const dtype = symbols.TFE_TensorHandleDataType(handle);
  return { kind: "eager", handle, shape, dtype };
}
