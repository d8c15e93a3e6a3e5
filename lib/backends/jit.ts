import * as tf from "@tensorflow/tfjs";
import { checkOneOf } from "../data/check_one_of.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import { checkPrecision } from "./check_precision.ts";
import { type Precision, PRECISIONS } from "./precision.ts";
import { activeTensorFlow } from "./tensorflow/backend.ts";
import {
  checkResults,
  type TracedFunction,
  traceFunction,
} from "./tensorflow/traced_function.ts";

/** Options of {@linkcode jit}. */
export interface JitOptions {
  /**
   * Whether XLA compiles the traced function. `"auto"` (the default) does so on
   * a GPU; on a CPU TensorFlow's own kernels are faster.
   */
  readonly xla?: boolean | "auto";
  /**
   * The numbers that the step computes with. Default `"float32"`. XLA compiles
   * float32 only.
   */
  readonly precision?: Precision;
}

const OPTIONS: OptionNames<JitOptions> = { xla: true, precision: true };

/** A function over tensors that runs as one. */
export interface Jitted<
  Inputs extends readonly tf.Tensor[],
  Outputs extends readonly tf.Tensor[],
> {
  /**
   * Runs the step. The event loop goes on meanwhile; steps of all jitted
   * functions run one after another. The caller disposes of the results.
   */
  (...inputs: Inputs): Promise<Outputs>;
  /** Times the step has been traced: once for each set of shapes and types. */
  readonly traces: number;
  /** Frees what tracing made, once the calls under way have ended. */
  dispose(): void;
}

// One step after another: each assigns the variables that the next one reads.
let last: Promise<unknown> = Promise.resolve();

/**
 * Makes a step, such as forward pass, gradients and update, run as one.
 *
 * On the backend "tensorflow" the step is traced into one TensorFlow function
 * at the first call, and again when an input's shape or data type changes.
 * Variables that it uses are read, and those it assigns to are changed, each
 * time it runs; other tensors from outside are kept by reference. Code that is not tensors (branches,
 * counters, numbers) runs at tracing only. On other backends the step runs op
 * by op.
 *
 * @throws {TypeError} If an option is none of those that there are.
 *
 * @example A step that counts
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { assertEquals } from "@std/assert";
 * import { jit } from "./jit.ts";
 * import { useBackend } from "./use_backend.ts";
 *
 * await useBackend({ quiet: true });
 * const total = tf.variable(tf.scalar(0));
 * const add = jit((x: tf.Tensor) => {
 *   total.assign(total.add(x.sum()));
 *   return [total.mul(2)];
 * });
 * await add(tf.tensor1d([1, 2]));
 * const [doubled] = await add(tf.tensor1d([3, 4]));
 * assertEquals(await doubled!.data(), new Float32Array([20]));
 * add.dispose();
 * ```
 *
 * @param step Code over tensors that returns a list of tensors. It must not
 * read their values, branch on them, or draw random numbers in JavaScript.
 * Until its promise resolves the variables are the step's: do not assign to them
 * meanwhile, and what is read of them is of before or after the step.
 * @throws {RangeError} If there is no such precision.
 * @throws {TypeError} If XLA is asked for with another precision than float32.
 * @throws {Error} At a call, if the step does what it must not, uses a variable
 * of another backend, or an op fails; or if the backend cannot compute with
 * the precision.
 * An op that fails while the step runs may leave some variables changed.
 */
export function jit<
  Inputs extends readonly tf.Tensor[],
  const Outputs extends readonly tf.Tensor[],
>(
  step: (...inputs: Inputs) => Outputs,
  options: JitOptions = {},
): Jitted<Inputs, Outputs> {
  checkOptions(options, OPTIONS);
  const { xla = "auto", precision = "float32" } = options;
  checkOneOf(precision, PRECISIONS, "precision");
  if (xla === true && precision !== "float32") {
    throw new TypeError(
      `Expected xla to be false or "auto" with the precision ${precision} but found true`,
    );
  }
  const functions = new Map<string, TracedFunction>();
  let traces = 0;
  let running = 0;
  let disposed = false;

  async function run(inputs: Inputs): Promise<Outputs> {
    const backend = activeTensorFlow();
    if (backend === undefined) {
      await checkPrecision(precision);
      return runEagerly(step, inputs);
    }
    const { engine, kernels } = backend;
    const key = kernels.getInputTensorIds(inputs).map((id) => {
      const { shape, dtype } = engine.get(id);
      return `${dtype}[${shape.join()}]`;
    }).join();
    let traced = functions.get(key);
    if (traced === undefined) {
      await checkPrecision(precision);
      traced = traceFunction(
        backend,
        step as unknown as (...inputs: tf.Tensor[]) => tf.Tensor[],
        inputs,
        {
          xla: xla === "auto" ? engine.context.device.type === "GPU" : xla,
          bfloat16: precision !== "float32",
        },
      );
      functions.set(key, traced);
      traces++;
    }
    return await traced.call(inputs) as unknown as Outputs;
  }

  const jitted = (...inputs: Inputs): Promise<Outputs> => {
    if (disposed) {
      const error = new Error("Expected a jitted step that is not disposed");
      return Promise.reject(error);
    }
    // The caller may dispose of the inputs while the step waits for its turn.
    const held: tf.Tensor[] = [];
    try {
      for (const input of inputs) held.push(tf.keep(input.clone()));
    } catch (error) {
      tf.dispose(held);
      return Promise.reject(error);
    }
    running++;
    const result = last
      .then(() => run(held as unknown as Inputs))
      .finally(() => {
        tf.dispose(held);
        if (--running === 0 && disposed) free();
      });
    last = result.catch(() => {});
    return result;
  };
  const free = () => {
    functions.forEach((traced) => traced.dispose());
    functions.clear();
  };
  return Object.defineProperty(
    Object.assign(jitted, {
      traces: 0,
      dispose() {
        disposed = true;
        if (running === 0) free();
      },
    }),
    "traces",
    { get: () => traces },
  );
}

function runEagerly<
  Inputs extends readonly tf.Tensor[],
  Outputs extends readonly tf.Tensor[],
>(step: (...inputs: Inputs) => Outputs, inputs: Inputs): Outputs {
  let results: Outputs | undefined;
  tf.tidy(() => {
    const { id: last } = tf.scalar(0);
    const made = checkResults(step(...inputs));
    // Copies: the caller disposes of the results, not of inputs or variables.
    results = made.map((result) => tf.clone(result)) as unknown as Outputs;
    // Those that the step kept from its own tf.tidy are in nobody's hands.
    tf.dispose(
      made.filter((one) => one.id > last && !(one instanceof tf.Variable)),
    );
    return [...results];
  });
  if (results === undefined) throw new Error("The step gave no tensors");
  return results;
}
