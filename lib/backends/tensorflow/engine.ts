import type { Attribute } from "./attributes.ts";
import {
  executeNonblocking,
  type Input,
  placeOnCpu,
  prepareOp,
  runOp,
} from "./eager.ts";
import { checkValues, type Values } from "./tensor_data.ts";
import { ended, Tensors } from "./tensors.ts";
import { Trace } from "./trace.ts";
import type { SymbolicValue, VariableValue } from "./value.ts";

/**
 * TensorFlow behind tfjs's tensor ids: runs ops at once, or writes them into
 * the graph of a function that is being traced.
 */
export class Engine extends Tensors {
  /** Told what each op took that ran at once, for {@linkcode profileOps}. */
  onOp:
    | ((name: string, inputs: readonly number[], milliseconds: number) => void)
    | undefined;
  #trace: Trace | undefined;

  /** Whether a function is being traced. */
  get tracing(): boolean {
    return this.#trace !== undefined;
  }

  /** Whether an id is a variable's in the function being traced. */
  isVariable(id: number): boolean {
    return this.#trace?.isVariable(id) ?? false;
  }

  /** Makes a tensor from JavaScript's values. */
  override create(shape: number[], dtype: number, values: Values): number {
    // While a graph is being written nothing is uploaded: a value may serve
    // this graph, others, and eager ops.
    if (!this.tracing) return super.create(shape, dtype, values);
    checkValues(shape, dtype, values);
    return this.put({ kind: "host", shape: [...shape], dtype, values });
  }

  /** Runs an op, or adds it to the graph of the function being traced. */
  run(
    name: string,
    attributes: readonly Attribute[],
    ids: readonly number[],
    outputs: number,
  ): number[] {
    if (this.#trace !== undefined) {
      const inputs = ids.map((id) => this.symbolic(id));
      return this.#trace.execute(name, attributes, inputs, outputs)
        .map((value) => this.put(value));
    }
    const started = performance.now();
    const inputs = ids.map((id) => this.eager(id));
    const { library, context } = this;
    const results = runOp(library, context, name, attributes, inputs, outputs);
    this.onOp?.(name, ids, performance.now() - started);
    return results.map((value) => this.put(value));
  }

  /**
   * Runs an op on another thread.
   *
   * @param options `changes`: variables among its inputs that it changes.
   * `onCpu`: whether it runs on the CPU whatever the device is.
   */
  async runNonblocking(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly Input[],
    outputs: number,
    { changes = [], onCpu = false }: {
      readonly changes?: readonly VariableValue[];
      readonly onCpu?: boolean;
    } = {},
  ): Promise<number[]> {
    const { library, context } = this;
    const results = await this.variables.during(inputs, changes, () => {
      const op = prepareOp(library, context, name, attributes, inputs);
      if (onCpu) placeOnCpu(library, op);
      return executeNonblocking(library, op, outputs);
    });
    return results.map((value) => this.put(value));
  }

  /**
   * Runs an op that changes variables in place and has no outputs, or adds it
   * to the graph of the function being traced.
   *
   * @param variables Ids of the op's first inputs, of {@linkcode variable}s
   * whose data nobody shares.
   */
  change(
    name: string,
    attributes: readonly Attribute[],
    variables: readonly number[],
    ids: readonly number[],
  ): void {
    const changed = variables.map((id) => this.variable(id));
    if (this.#trace !== undefined) {
      const inputs = ids.map((id) => this.symbolic(id));
      this.#trace.variables.change(name, attributes, changed, inputs);
      return;
    }
    const started = performance.now();
    const inputs = ids.map((id) => this.eager(id));
    const { library, context } = this;
    this.variables.forget(changed, new Set(inputs));
    runOp(library, context, name, attributes, [...changed, ...inputs], 0);
    this.variables.forget(changed);
    this.onOp?.(name, [...variables, ...ids], performance.now() - started);
  }

  /** The value behind an id as a node of the graph being traced. */
  symbolic(id: number): SymbolicValue {
    const trace = this.#trace;
    if (trace === undefined) throw new Error("No function is being traced");
    const value = this.get(id);
    if (value.kind === "symbolic") {
      if (value.trace !== trace) throw ended(value);
      return value;
    }
    if (trace.isVariable(id)) return trace.variables.read(this.variable(id));
    const constant = value.kind === "host" ? trace.constant(value) : undefined;
    return constant ?? trace.capture(this.eager(id));
  }

  /**
   * Calls `write`, whose ops go into a new graph; the caller disposes of it.
   *
   * @param isVariable Whether what is behind an id is a variable, which the
   * function reads anew each time it runs.
   */
  trace<T>(
    isVariable: (id: number) => boolean,
    write: (trace: Trace) => T,
  ): T {
    if (this.#trace !== undefined) {
      throw new Error("A function cannot be traced inside another");
    }
    const trace = new Trace(this.library, isVariable);
    this.#trace = trace;
    try {
      return write(trace);
    } finally {
      this.#trace = undefined;
    }
  }
}
