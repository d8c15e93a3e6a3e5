import {
  AttributeType,
  boolAttribute,
  stringAttribute,
  typeAttribute,
} from "./attributes.ts";
import type { Context } from "./context.ts";
import { DataType } from "./data_types.ts";
import { execute, placeOnCpu, prepareOp, runOp } from "./eager.ts";
import type { Library } from "./library.ts";
import type { EagerValue, VariableValue } from "./value.ts";

/** The name that asks TensorFlow for a variable without one. */
const ANONYMOUS = "cd2c89b7-88b7-44c8-ad83-06c2a9158347";

/** Makes a variable that starts from `value`, whose memory it shares. */
export function newVariable(
  library: Library,
  context: Context,
  value: EagerValue,
): VariableValue {
  const { shape, dtype } = value;
  const op = prepareOp(library, context, "VarHandleOp", [
    stringAttribute("container", ""),
    stringAttribute("shared_name", ANONYMOUS),
    typeAttribute("dtype", dtype),
    { name: "shape", type: AttributeType.shape, value: [...shape] },
  ], []);
  if (context.device.type !== "CPU" && dtype !== DataType.float32) {
    // GPU kernels want other numbers in the host's memory.
    placeOnCpu(library, op);
  }
  const [made] = execute(library, op, 1);
  if (made === undefined) throw new Error("VarHandleOp gave no output");
  const variable: VariableValue = {
    kind: "variable",
    handle: made.handle,
    shape: [...shape],
    dtype,
  };
  try {
    runOp(library, context, "AssignVariableOp", [], [variable, value], 0);
  } catch (error) {
    library.symbols.TFE_DeleteTensorHandle(variable.handle);
    throw error;
  }
  return variable;
}

/** The values of a variable now. They stay as they are when it changes. */
export function readVariable(
  library: Library,
  context: Context,
  variable: VariableValue,
): EagerValue {
  const attributes = [typeAttribute("dtype", variable.dtype)];
  const [value] = runOp(
    library,
    context,
    "ReadVariableOp",
    attributes,
    [variable],
    1,
  );
  if (value === undefined) throw new Error("ReadVariableOp gave no output");
  return value;
}

/** Frees a variable and its values. */
export function destroyVariable(
  library: Library,
  context: Context,
  variable: VariableValue,
): void {
  const attributes = [boolAttribute("ignore_lookup_error", true)];
  runOp(library, context, "DestroyResourceOp", attributes, [variable], 0);
  library.symbols.TFE_DeleteTensorHandle(variable.handle);
}
