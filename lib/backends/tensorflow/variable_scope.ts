import * as tf from "@tensorflow/tfjs";
import type { TensorFlowBackend } from "./backend.ts";
import type { EagerValue, Value } from "./value.ts";

/**
 * All of tfjs's variables as they were before a function was traced, so that
 * those which the traced code assigned to can be told and put back.
 */
export class VariableScope {
  readonly #backend: TensorFlowBackend;
  readonly #before = new Map<tf.Variable, tf.DataId>();
  readonly #byValue = new Map<Value, tf.Variable>();

  constructor(backend: TensorFlowBackend) {
    this.#backend = backend;
    const { kernels, engine } = backend;
    const variables = Object.values(tf.engine().registeredVariables);
    for (const variable of variables) {
      this.#unshare(variable);
      const [id] = kernels.getInputTensorIds([variable]);
      if (id === undefined) throw new Error(`${variable.name} has no tensor`);
      this.#byValue.set(engine.eager(id), variable);
      this.#before.set(variable, variable.dataId);
      // Keeps the data while the traced code assigns others.
      kernels.incRef(variable.dataId);
    }
  }

  /** The variable that had this value. */
  variableOf(value: EagerValue): tf.Variable | undefined {
    return this.#byValue.get(value);
  }

  /**
   * Variables that have been assigned to.
   *
   * @throws {Error} If one was made since.
   */
  changed(): tf.Variable[] {
    const variables = Object.values(tf.engine().registeredVariables);
    return variables.filter((variable) => {
      const before = this.#before.get(variable);
      if (before === undefined) {
        throw new Error(
          `Traced code made the variable ${variable.name}: make variables before the function that uses them`,
        );
      }
      return before !== variable.dataId;
    });
  }

  /** Gives every variable the value it had, and frees those made since. */
  restore(): void {
    const { kernels } = this.#backend;
    for (const variable of Object.values(tf.engine().registeredVariables)) {
      if (!this.#before.has(variable)) variable.dispose();
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

  /**
   * Gives a variable data of its own. A new variable shares the data of the
   * tensor it was made from: which of the two did the traced code use?
   */
  #unshare(variable: tf.Variable): void {
    const { kernels } = this.#backend;
    if (kernels.refCount(variable.dataId) === 1) return;
    const own = kernels.executeSingleOutput("Identity", [], [variable]);
    variable.assign(own);
    own.dispose();
  }
}
