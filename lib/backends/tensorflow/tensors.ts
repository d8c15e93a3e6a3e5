import { type Context, newContext } from "./context.ts";
import { upload } from "./eager.ts";
import { EagerVariables } from "./eager_variables.ts";
import { type Library, openLibrary } from "./library.ts";
import {
  readHandle,
  readHandleNonblocking,
  type ReadValues,
  readValues,
  type Values,
} from "./tensor_data.ts";
import type {
  EagerValue,
  HostNumbers,
  SymbolicValue,
  Value,
  VariableValue,
} from "./value.ts";

/** What tfjs's tensor ids stand for, and TensorFlow's memory behind them. */
export class Tensors {
  /** The opened library. */
  readonly library: Library;
  /** The eager context. */
  readonly context: Context;
  /** Variables outside graphs. */
  protected readonly variables: EagerVariables;
  readonly #values = new Map<number, Value>();
  #nextId = 0;

  constructor(library: Library = openLibrary()) {
    this.library = library;
    this.context = newContext(library);
    this.variables = new EagerVariables(library, this.context);
  }

  /** Number of tensors alive. */
  get size(): number {
    return this.#values.size;
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

  /** Makes a tensor from JavaScript's values. */
  create(shape: number[], dtype: number, values: Values): number {
    return this.put(this.#upload({ shape, dtype, values }));
  }

  /**
   * Makes a tensor in the host's memory, for ops that run on the CPU; to be
   * freed.
   */
  onCpu(value: HostNumbers): EagerValue {
    return upload(this.library, this.context, value, true);
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
    if (value.kind === "variable") this.variables.destroy(value);
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
        return readValues(value.values);
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

  /** The value behind an id as a tensor in TensorFlow's memory. */
  eager(id: number): EagerValue {
    const value = this.get(id);
    if (value.kind === "eager") return value;
    if (value.kind === "symbolic") throw ended(value);
    if (value.kind === "variable") return this.variables.read(value);
    const uploaded = this.#upload(value);
    this.#values.set(id, uploaded);
    return uploaded;
  }

  /** Makes the value behind an id a variable, if it is not one already. */
  variable(id: number): VariableValue {
    const value = this.get(id);
    if (value.kind === "variable") return value;
    const initial = this.eager(id);
    const variable = this.variables.create(initial);
    this.#values.set(id, variable);
    this.free(initial);
    return variable;
  }

  #upload(value: HostNumbers): EagerValue {
    return upload(this.library, this.context, value);
  }
}

/** Says that the value of a function that was traced cannot be used. */
export function ended({ op }: SymbolicValue): Error {
  return new Error(
    `A tensor (of ${op}) belongs to a traced function that has ended: return it from the function`,
  );
}
