import type { Pointer } from "./memory.ts";
import type { Values } from "./tensor_data.ts";
import type { Trace } from "./trace.ts";

/** What tfjs's tensor ids stand for. */
export type Value = EagerValue | HostValue | SymbolicValue;

/** A tensor in TensorFlow's memory. */
export interface EagerValue {
  readonly kind: "eager";
  readonly handle: Pointer;
  readonly shape: number[];
  readonly dtype: number;
}

/**
 * Values that JavaScript made while a function was being traced. They become a
 * constant of each graph that uses them, or a tensor when used outside.
 */
export interface HostValue {
  readonly kind: "host";
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
