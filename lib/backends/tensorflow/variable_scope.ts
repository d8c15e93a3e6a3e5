import * as tf from "@tensorflow/tfjs";
import { TENSORFLOW, type TensorFlowBackend } from "./backend.ts";
import type { VariableValue } from "./value.ts";

/**
 * All of tfjs's variables as they were before a function was traced, so that
 * those which the traced code assigned to can be told and put back.
 */
export class VariableScope {
  readonly #backend: TensorFlowBackend;
  readonly #before = new Map<tf.Variable, tf.DataId>();
  /** Of other backends. */
  readonly #elsewhere = new Map<tf.Variable, tf.KernelBackend | undefined>();
  readonly #byId = new Map<number, tf.Variable>();

  constructor(backend: TensorFlowBackend) {
    this.#backend = backend;
    const { kernels } = backend;
    const variables = Object.values(tf.engine().registeredVariables);
    for (const variable of variables) {
      const place = tf.engine().state.tensorInfo.get(variable.dataId);
      if (place?.backend !== kernels) {
        this.#elsewhere.set(variable, place?.backend);
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
   * @throws {Error} If one was made since, or disposed of.
   */
  changed(): [tf.Variable, VariableValue][] {
    for (const variable of Object.values(tf.engine().registeredVariables)) {
      if (this.#has(variable)) continue;
      throw new Error(
        `Traced code made the variable ${variable.name}: make variables before the function that uses them (an optimizer of tfjs makes its own at its first update: let a new one update once outside of jit())`,
      );
    }
    const known = [...this.#before.keys(), ...this.#elsewhere.keys()];
    const gone = known.find((variable) => variable.isDisposed);
    if (gone !== undefined) {
      throw new Error(
        `Expected the variable ${gone.name} to live while code is traced but the code disposed of it`,
      );
    }
    return [...this.#byId].flatMap(([id, variable]) =>
      variable.dataId === this.#before.get(variable)
        ? []
        : [[variable, this.#backend.engine.variable(id)]]
    );
  }

  /**
   * Makes it an error to use variables of other backends, until the function
   * that it gives is called. tfjs would move their values here, to be the same
   * at every call; assigned to, they would hold a value of the traced function.
   */
  forbidElsewhere(): () => void {
    const engine = tf.engine();
    const { moveData, read, readSync } = engine;
    const refusals = new Map<tf.DataId, () => never>();
    for (const [variable, kernels] of this.#elsewhere) {
      const refuse = () => {
        throw foreign(variable, kernels);
      };
      refusals.set(variable.dataId, refuse);
      variable.assign = refuse;
    }
    engine.moveData = (backend, dataId) => {
      refusals.get(dataId)?.();
      moveData.call(engine, backend, dataId);
    };
    engine.read = (dataId) => {
      refusals.get(dataId)?.();
      return read.call(engine, dataId);
    };
    engine.readSync = (dataId) => {
      refusals.get(dataId)?.();
      return readSync.call(engine, dataId);
    };
    return () => {
      Object.assign(engine, { moveData, read, readSync });
      for (const variable of this.#elsewhere.keys()) {
        Reflect.deleteProperty(variable, "assign");
      }
    };
  }

  /** Gives every variable the value it had, and frees those made since. */
  restore(): void {
    const { kernels } = this.#backend;
    for (const variable of Object.values(tf.engine().registeredVariables)) {
      if (!this.#has(variable)) variable.dispose();
    }
    for (const [variable, dataId] of this.#before) {
      if (!variable.isDisposed && variable.dataId === dataId) {
        kernels.disposeData(dataId); // takes back incRef
        continue;
      }
      const { shape, dtype } = variable;
      const tensor = tf.engine().makeTensorFromTensorInfo({
        dataId,
        shape,
        dtype,
      });
      if (!variable.isDisposed) variable.assign(tensor);
      tensor.dispose(); // takes back incRef
    }
  }

  #has(variable: tf.Variable): boolean {
    return this.#before.has(variable) || this.#elsewhere.has(variable);
  }
}

function foreign(
  { name }: tf.Variable,
  kernels: tf.KernelBackend | undefined,
): Error {
  const [place = "another"] =
    Object.entries(tf.engine().registry).find(([, one]) => one === kernels) ??
      [];
  return new Error(
    `Expected the variable ${name} of traced code to be of the backend "${TENSORFLOW}" but it is of "${place}": make variables and models after useBackend()`,
  );
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
