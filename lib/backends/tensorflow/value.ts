import type { Pointer } from "./memory.ts";
import type { Values } from "./tensor_data.ts";
import type { Trace } from "./trace.ts";

/** What tfjs's tensor ids stand for. */
export type Value = EagerValue | VariableValue | HostValue | SymbolicValue;

/** A tensor in TensorFlow's memory. */
export interface EagerValue {
  readonly kind: "eager";
  readonly handle: Pointer;
  readonly shape: number[];
  readonly dtype: number;
}

/**
 * A variable of TensorFlow's own (`DT_RESOURCE`), which ops change in place.
 * Only a tfjs variable stands for one, and its data is shared with no tensor
 * when an op changes it.
 */
export interface VariableValue {
  readonly kind: "variable";
  /** The tensor that names the variable, not its values. */
  readonly handle: Pointer;
  /** Shape of its values. */
  readonly shape: number[];
  /** Data type of its values. */
  readonly dtype: number;
}

/**
 * Values that JavaScript made while a function was being traced. They become a
 * constant of each graph that uses them, or a tensor when used outside.
 */
export interface HostValue extends HostNumbers {
  readonly kind: "host";
}

/** Values of JavaScript's with what makes a tensor of them. */
export interface HostNumbers {
  readonly values: Values;
  readonly shape: number[];
  readonly dtype: number;
}

/** The output of a node in the graph of a function that is being traced. */
export interface SymbolicValue {
  readonly kind: "symbolic";
  readonly trace: Trace;
  /** `TF_Output`: the node's address and the output's index. */
  readonly output: Uint8Array<ArrayBuffer>;
  /** Name of the op that gave it, for messages. */
  readonly op: string;
  readonly shape: number[];
  readonly dtype: number;
}
