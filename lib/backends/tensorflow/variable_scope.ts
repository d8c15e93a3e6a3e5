import * as tf from "@tensorflow/tfjs";
import type { TensorFlowBackend } from "./backend.ts";
import type { VariableValue } from "./value.ts";

/**
 * All of tfjs's variables as they were before a function was traced, so that
 * those which the traced code assigned to can be told and put back.
 */
export class VariableScope {
  readonly #backend: TensorFlowBackend;
  readonly #before = new Map<tf.Variable, tf.DataId>();
  /** Of other backends. */
  readonly #elsewhere = new Set<tf.Variable>();
  readonly #byId = new Map<number, tf.Variable>();

  constructor(backend: TensorFlowBackend) {
    this.#backend = backend;
    const { kernels } = backend;
    const variables = Object.values(tf.engine().registeredVariables);
    for (const variable of variables) {
      const place = tf.engine().state.tensorInfo.get(variable.dataId);
      if (place?.backend !== kernels) {
        this.#elsewhere.add(variable);
        continue;
      }
      this.#byId.set(idOfOwn(backend, variable), variable);
      this.#before.set(variable, variable.dataId);
      // Keeps the data while the traced code assigns others.
      kernels.incRef(variable.dataId);
    }
  }

  /** Whether an id is that of a variable's data as it was before. */
  has(id: number): boolean {
    return this.#byId.has(id);
  }

  /** TensorFlow's variables, and tfjs's that stood for them before. */
  variables(): Map<VariableValue, tf.Variable> {
    const found = new Map<VariableValue, tf.Variable>();
    for (const [id, variable] of this.#byId) {
      if (variable.isDisposed) continue;
      const value = this.#backend.engine.get(id);
      if (value.kind === "variable") found.set(value, variable);
    }
    return found;
  }

  /**
   * Variables that have been assigned to, and TensorFlow's that stood for them.
   *
   * @throws {Error} If one was made since.
   */
  changed(): [tf.Variable, VariableValue][] {
    for (const variable of Object.values(tf.engine().registeredVariables)) {
      if (this.#has(variable)) continue;
      throw new Error(
        `Traced code made the variable ${variable.name}: make variables before the function that uses them (an optimizer of tfjs makes its own at its first update: let a new one update once outside of jit())`,
      );
    }
    return [...this.#byId].flatMap(([id, variable]) =>
      variable.isDisposed || variable.dataId === this.#before.get(variable)
        ? []
        : [[variable, this.#backend.engine.variable(id)]]
    );
  }

  /** Gives every variable the value it had, and frees those made since. */
  restore(): void {
    const { kernels } = this.#backend;
    for (const variable of Object.values(tf.engine().registeredVariables)) {
      if (!this.#has(variable)) variable.dispose();
    }
    for (const [variable, dataId] of this.#before) {
      if (variable.isDisposed || variable.dataId === dataId) {
        kernels.disposeData(dataId); // takes back incRef
        continue;
      }
      const { shape, dtype } = variable;
      const tensor = tf.engine().makeTensorFromTensorInfo({
        dataId,
        shape,
        dtype,
      });
      variable.assign(tensor);
      tensor.dispose(); // takes back incRef
    }
  }

  #has(variable: tf.Variable): boolean {
    return this.#before.has(variable) || this.#elsewhere.has(variable);
  }
}

/** The id of a variable's data. */
export function idOf(
  { kernels }: TensorFlowBackend,
  variable: tf.Variable,
): number {
  const [id] = kernels.getInputTensorIds([variable]);
  if (id === undefined) throw new Error(`${variable.name} has no tensor`);
  return id;
}

/**
 * The id of a variable's data, which it shares with no other tensor then. A new
 * variable shares the data of the tensor it was made from, and copies of a
 * variable share its data: they are not to change with it.
 */
export function idOfOwn(
  backend: TensorFlowBackend,
  variable: tf.Variable,
): number {
  const { kernels } = backend;
  if (kernels.refCount(variable.dataId) > 1) {
    const own = kernels.executeSingleOutput("Identity", [], [variable]);
    variable.assign(own);
    own.dispose();
  }
  return idOf(backend, variable);
}
