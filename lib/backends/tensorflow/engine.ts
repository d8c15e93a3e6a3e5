import type { Attribute } from "./attributes.ts";
import { type Context, newContext } from "./context.ts";
import {
  execute,
  executeNonblocking,
  type Input,
  placeOnCpu,
  prepareOp,
  upload,
} from "./eager.ts";
import { EagerVariables } from "./eager_variables.ts";
import { type Library, openLibrary } from "./library.ts";
import {
  checkValues,
  readHandle,
  readHandleNonblocking,
  type ReadValues,
  type Values,
} from "./tensor_data.ts";
import { Trace } from "./trace.ts";
import type {
  EagerValue,
  HostNumbers,
  HostValue,
  SymbolicValue,
  Value,
  VariableValue,
} from "./value.ts";

/**
 * TensorFlow behind tfjs's tensor ids: runs ops at once, or writes them into
 * the graph of a function that is being traced.
 */
export class Engine {
  /** The opened library. */
  readonly library: Library;
  /** The eager context. */
  readonly context: Context;
  /** Told what each op took that ran at once, for {@linkcode profileOps}. */
  onOp:
    | ((name: string, inputs: readonly number[], milliseconds: number) => void)
    | undefined;
  readonly #values = new Map<number, Value>();
  readonly #variables: EagerVariables;
  #nextId = 0;
  #trace: Trace | undefined;

  constructor(library: Library = openLibrary()) {
    this.library = library;
    this.context = newContext(library);
    this.#variables = new EagerVariables(library, this.context);
  }

  /** Number of tensors alive. */
  get size(): number {
    return this.#values.size;
  }

  /** Whether a function is being traced. */
  get tracing(): boolean {
    return this.#trace !== undefined;
  }

  /** Whether an id is a variable's in the function being traced. */
  isVariable(id: number): boolean {
    return this.#trace?.isVariable(id) ?? false;
  }

  /** Gives `value` an id. */
  put(value: Value): number {
    this.#values.set(this.#nextId, value);
    return this.#nextId++;
  }

  /**
   * The value behind an id.
   *
   * @throws {Error} If there is none.
   */
  get(id: number): Value {
    const value = this.#values.get(id);
    if (value === undefined) {
      throw new Error(`Input Tensor ID not referenced (tensor_id: ${id})`);
    }
    return value;
  }

  /**
   * Makes a tensor in the host's memory, for ops that run on the CPU; to be
   * freed.
   */
  onCpu(value: HostNumbers): EagerValue {
    return upload(this.library, this.context, value, true);
  }

  /** Makes a tensor from JavaScript's values. */
  create(shape: number[], dtype: number, values: Values): number {
    // While a graph is being written nothing is uploaded: a value may serve
    // this graph, others, and eager ops.
    if (!this.tracing) return this.put(this.#upload({ shape, dtype, values }));
    checkValues(shape, dtype, values);
    return this.put({ kind: "host", shape: [...shape], dtype, values });
  }

  /** Frees a tensor. */
  delete(id: number): void {
    const value = this.#values.get(id);
    if (value === undefined) {
      throw new Error(
        `Delete called on a Tensor not referenced (tensor_id: ${id})`,
      );
    }
    this.#values.delete(id);
    if (value.kind === "eager") this.free(value);
    if (value.kind === "variable") this.#variables.destroy(value);
  }

  /** Frees TensorFlow's handle of a value. */
  free(value: EagerValue): void {
    this.library.symbols.TFE_DeleteTensorHandle(value.handle);
  }

  /** A copy of a tensor's values. */
  read(id: number): ReadValues {
    const value = this.get(id);
    switch (value.kind) {
      case "eager":
      case "variable":
        return readHandle(this.library, this.eager(id).handle, value.dtype);
      case "host":
        return readHostValue(value);
      case "symbolic":
        throw new Error(
          `Traced code read the value of a tensor (of ${value.op}), which does not exist yet: return the tensor from the function and read it outside, and express branches in tensors (tf.where)`,
        );
    }
  }

  /**
   * A copy of a tensor's values. The event loop goes on while it is waited for:
   * on a GPU what gives the tensor may still run.
   */
  async readNonblocking(id: number): Promise<ReadValues> {
    const { kind, dtype } = this.get(id);
    return kind === "eager" || kind === "variable"
      ? await readHandleNonblocking(this.library, this.eager(id).handle, dtype)
      : this.read(id);
  }

  /** Runs an op, or adds it to the graph of the function being traced. */
  run(
    name: string,
    attributes: readonly Attribute[],
    ids: readonly number[],
    outputs: number,
  ): number[] {
    const trace = this.#trace;
    const started = performance.now();
    const results = trace === undefined
      ? execute(
        this.library,
        prepareOp(
          this.library,
          this.context,
          name,
          attributes,
          ids.map((id) => this.eager(id)),
        ),
        outputs,
      )
      : trace.execute(
        name,
        attributes,
        ids.map((id) => this.symbolic(id)),
        outputs,
      );
    if (trace === undefined) {
      this.onOp?.(name, ids, performance.now() - started);
    }
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
    const results = await this.#variables.during(inputs, changes, () => {
      const op = prepareOp(
        this.library,
        this.context,
        name,
        attributes,
        inputs,
      );
      if (onCpu) placeOnCpu(this.library, op);
      return executeNonblocking(this.library, op, outputs);
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
    this.#variables.forget(changed, new Set(inputs));
    const all = [...changed, ...inputs];
    execute(
      this.library,
      prepareOp(this.library, this.context, name, attributes, all),
      0,
    );
    this.#variables.forget(changed);
    this.onOp?.(name, [...variables, ...ids], performance.now() - started);
  }

  /** Makes the value behind an id a variable, if it is not one already. */
  variable(id: number): VariableValue {
    const value = this.get(id);
    if (value.kind === "variable") return value;
    const initial = this.eager(id);
    const variable = this.#variables.create(initial);
    this.#values.set(id, variable);
    this.free(initial);
    return variable;
  }

  /** The value behind an id as a tensor in TensorFlow's memory. */
  eager(id: number): EagerValue {
    const value = this.get(id);
    if (value.kind === "eager") return value;
    if (value.kind === "symbolic") throw ended(value);
    if (value.kind === "variable") return this.#variables.read(value);
    const uploaded = this.#upload(value);
    this.#values.set(id, uploaded);
    return uploaded;
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

  #upload(value: HostNumbers): EagerValue {
    return upload(this.library, this.context, value);
  }
}

function ended({ op }: SymbolicValue): Error {
  return new Error(
    `A tensor (of ${op}) belongs to a traced function that has ended: return it from the function`,
  );
}

function readHostValue({ values }: HostValue): ReadValues {
  if (!ArrayBuffer.isView(values)) return values.map((v) => v.slice());
  if (
    values instanceof Float32Array || values instanceof Int32Array ||
    values instanceof Uint8Array || values instanceof BigInt64Array
  ) return values.slice();
  throw new TypeError(`Cannot read values of ${values.constructor.name}`);
}
