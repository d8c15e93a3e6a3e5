import type { Context } from "./context.ts";
import type { Input } from "./eager.ts";
import type { Library } from "./library.ts";
import type { EagerValue, VariableValue } from "./value.ts";
import { destroyVariable, newVariable, readVariable } from "./variable.ts";

/** Variables outside graphs, and what was read from them. */
export class EagerVariables {
  readonly #library: Library;
  readonly #context: Context;
  /** Values read from variables, kept until the variables change. */
  readonly #reads = new Map<VariableValue, EagerValue>();
  /** Variables to be freed once no function that may use them runs. */
  #doomed: VariableValue[] = [];
  #running = 0;

  constructor(library: Library, context: Context) {
    this.#library = library;
    this.#context = context;
  }

  /** Makes a variable that starts from `initial`, whose memory it shares. */
  create(initial: EagerValue): VariableValue {
    return newVariable(this.#library, this.#context, initial);
  }

  /** The values of a variable, which stay its own until it changes. */
  read(variable: VariableValue): EagerValue {
    const known = this.#reads.get(variable);
    if (known !== undefined) return known;
    const read = readVariable(this.#library, this.#context, variable);
    this.#reads.set(variable, read);
    return read;
  }

  /**
   * Frees what was read from variables that change: memory that nobody shares
   * is changed in place, other memory is copied.
   *
   * @param used Values that are kept all the same: what was read of a variable
   * may be an input of what changes it.
   */
  forget(
    variables: readonly VariableValue[],
    used: ReadonlySet<EagerValue> = new Set(),
  ): void {
    for (const variable of variables) {
      const read = this.#reads.get(variable);
      if (read === undefined || used.has(read)) continue;
      this.#reads.delete(variable);
      this.#library.symbols.TFE_DeleteTensorHandle(read.handle);
    }
  }

  /**
   * Waits for what runs on another thread, and frees no variable before it has
   * ended if it uses some.
   *
   * @param changes Variables among its inputs that it changes.
   */
  async during<T>(
    inputs: readonly Input[],
    changes: readonly VariableValue[],
    run: () => Promise<T>,
  ): Promise<T> {
    // Images are decoded all the time; that holds up no variable's end.
    const users = inputs.some(({ kind }) => kind === "variable") ? 1 : 0;
    this.forget(changes);
    this.#running += users;
    try {
      return await run();
    } finally {
      this.forget(changes);
      this.#running -= users;
      if (this.#running === 0) {
        for (const variable of this.#doomed) this.destroy(variable);
        this.#doomed = [];
      }
    }
  }

  /** Frees a variable, as soon as no function that may use it runs. */
  destroy(variable: VariableValue): void {
    this.forget([variable]);
    if (this.#running > 0) this.#doomed.push(variable);
    else destroyVariable(this.#library, this.#context, variable);
  }
}
