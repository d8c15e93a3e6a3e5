import * as tf from "@tensorflow/tfjs";
import type { TensorFlowBackend } from "./backend.ts";
import { boolAttribute, stringAttribute } from "./attributes.ts";
import { BFLOAT16_CONFIG } from "./bfloat16.ts";
import { checkStatus } from "./library.ts";
import { addressOf, cString } from "./memory.ts";
import { forbidRandomNumbers } from "./random_guard.ts";
import { pack, type Trace } from "./trace.ts";
import type { SymbolicValue, VariableValue } from "./value.ts";
import { idOfOwn, VariableScope } from "./variable_scope.ts";

/** A TensorFlow function made from tfjs code. */
export interface TracedFunction {
  /** Nodes in its graph. */
  readonly nodes: number;
  /** Runs it: changes variables in place and gives new tensors. */
  call(inputs: readonly tf.Tensor[]): Promise<tf.Tensor[]>;
  /** Frees it. */
  dispose(): void;
}

/** A variable that a function uses. */
interface UsedVariable {
  readonly variable: tf.Variable;
  readonly changes: boolean;
}

let functions = 0;

/**
 * Writes `step`, tfjs code over `examples` and over any variables, into one
 * TensorFlow function.
 *
 * Variables that the code uses are read, and those it assigns to are changed,
 * each time the function runs. Of other tensors from outside a reference is
 * kept.
 *
 * @throws {Error} If the code does what it must not: among other things read or
 * assign a variable of another backend, or dispose of one.
 */
export function traceFunction(
  backend: TensorFlowBackend,
  step: (...inputs: tf.Tensor[]) => tf.Tensor[],
  examples: readonly tf.Tensor[],
  { xla, bfloat16 = false }: { xla: boolean; bfloat16?: boolean },
): TracedFunction {
  const { engine, kernels } = backend;
  const { library } = engine;
  const { symbols, status } = library;
  const name = `jit_${step.name || "step"}_${functions++}`;
  // Uploaded first, so that a tensor is an input even if nobody used it yet.
  const inputIds = kernels.getInputTensorIds(examples);
  const scope = new VariableScope(backend);
  const written = engine.trace((id) => scope.has(id), (trace) => {
    const allowNumbers = forbidRandomNumbers(kernels);
    const allowElsewhere = scope.forbidElsewhere();
    try {
      const inputs = inputIds.map((id) => {
        const { shape, dtype } = engine.get(id);
        return trace.placeholder(shape, dtype);
      });
      let outputs: SymbolicValue[] = [];
      tf.tidy(() => {
        const tensors = inputs.map((input) =>
          kernels.createOutputTensor({ ...input, id: engine.put(input) })
        );
        const results = checkResults(step(...tensors));
        const changed = scope.changed();
        const ids = kernels.getInputTensorIds([
          ...changed.map(([variable]) => variable),
          ...results,
        ]);
        // All of them before one variable changes: they may be its value.
        const ends = ids.map((id) => engine.symbolic(id));
        changed.forEach(([, variable], i) => {
          const value = ends[i];
          if (value !== undefined) trace.variables.assign(variable, value);
        });
        outputs = ends.slice(changed.length);
        // Those that the step kept from its own tf.tidy are in nobody's hands.
        results.forEach((result, i) => {
          const id = ids[changed.length + i];
          const made = id !== undefined && engine.get(id).kind === "symbolic";
          if (made && !(result instanceof tf.Variable)) result.dispose();
        });
      });
      return { trace, inputs, outputs };
    } catch (error) {
      trace.captured.forEach(({ held }) => engine.free(held));
      trace.dispose();
      throw error;
    } finally {
      allowElsewhere();
      allowNumbers();
      scope.restore();
    }
  });
  const { trace, inputs, outputs } = written;
  const captured = Array.from(trace.captured.values(), ({ held }) => held);
  const begins = [
    ...inputs,
    ...Array.from(trace.captured.values(), ({ input }) => input),
    ...Array.from(trace.variables.entries(), ({ input }) => input),
  ];
  let used: UsedVariable[];
  try {
    used = usedVariables(trace, scope);
    const ends = distinct(trace, begins, outputs);
    addFunction(backend, trace, name, begins, ends, xla);
  } catch (error) {
    freeCaptured();
    trace.dispose();
    throw error;
  }
  const attributes = [
    ...xla ? [boolAttribute("_XlaMustCompile", true)] : [],
    ...bfloat16 ? [stringAttribute("config_proto", BFLOAT16_CONFIG)] : [],
  ];
  return {
    nodes: trace.size,
    async call(inputs) {
      const ids = kernels.getInputTensorIds(inputs);
      const variables = used.map((variable) => valueOf(backend, variable));
      const disposal = trace.disposeNonblocking();
      const results = await engine.runNonblocking(
        name,
        attributes,
        [...ids.map((id) => engine.eager(id)), ...captured, ...variables],
        outputs.length,
        { changes: variables.filter((_, i) => used[i]?.changes) },
      ).finally(() => disposal);
      return results.map((id) =>
        kernels.createOutputTensor({ ...engine.get(id), id })
      );
    },
    dispose() {
      trace.dispose();
      freeCaptured();
      const { pointer } = engine.context;
      symbols.TFE_ContextRemoveFunction(pointer, cString(name), status);
      checkStatus(library, `Removing ${name}`);
    },
  };

  function freeCaptured(): void {
    captured.forEach((value) => engine.free(value));
  }
}

/** The variables of a graph, in the order of its inputs. */
function usedVariables(trace: Trace, scope: VariableScope): UsedVariable[] {
  const variables = scope.variables();
  return Array.from(trace.variables.entries(), ({ variable, changes }) => {
    const found = variables.get(variable);
    if (found === undefined) throw new Error("A variable has gone");
    return { variable: found, changes };
  });
}

function valueOf(
  backend: TensorFlowBackend,
  { variable }: UsedVariable,
): VariableValue {
  if (variable.isDisposed) {
    throw new Error(
      `Expected variable ${variable.name} of a traced function to be alive but it is disposed`,
    );
  }
  // Of its own though it be read only: XLA takes no variable twice.
  return backend.engine.variable(idOfOwn(backend, variable));
}

/** Checks that a step gave a list of tensors. */
export function checkResults(results: unknown): tf.Tensor[] {
  if (results instanceof Promise) {
    // Nobody waits for what it may reject with.
    results.catch(() => {});
    throw new TypeError(
      "Expected the step to return tensors but it returned a Promise: a traced function cannot wait",
    );
  }
  if (
    !Array.isArray(results) || !results.every((r) => r instanceof tf.Tensor)
  ) {
    throw new TypeError("Expected the step to return tensors");
  }
  return results;
}

/** Outputs as a function may have them: none twice, and none that is an input. */
function distinct(
  trace: Trace,
  inputs: readonly SymbolicValue[],
  outputs: readonly SymbolicValue[],
): SymbolicValue[] {
  const key = ({ output }: SymbolicValue) => output.join();
  const taken = new Set(inputs.map(key));
  return outputs.map((output) => {
    const result = taken.has(key(output)) ? trace.identity(output) : output;
    taken.add(key(result));
    return result;
  });
}

/** `AttrValue { b: true }`, serialised. */
const TRUE = Uint8Array.of(0x28, 0x01);

function addFunction(
  { engine }: TensorFlowBackend,
  trace: Trace,
  name: string,
  inputs: readonly SymbolicValue[],
  outputs: readonly SymbolicValue[],
  xla: boolean,
): void {
  const { library, context } = engine;
  const { symbols, status } = library;
  const writers = [...new Set(trace.variables.writers())];
  const made = symbols.TF_GraphToFunctionWithControlOutputs(
    trace.graph,
    cString(name),
    0,
    -1, // the whole graph
    null,
    inputs.length,
    pack(inputs),
    outputs.length,
    pack(outputs),
    null,
    writers.length,
    BigUint64Array.from(writers, addressOf),
    null,
    null,
    null,
    status,
  );
  checkStatus(library, `Making the function ${name}`);
  try {
    if (xla) {
      symbols.TF_FunctionSetAttrValueProto(
        made,
        cString("_XlaMustCompile"),
        TRUE,
        BigInt(TRUE.length),
        status,
      );
      checkStatus(library, `Asking XLA to compile ${name}`);
    }
    symbols.TFE_ContextAddFunction(context.pointer, made, status);
    checkStatus(library, `Adding the function ${name}`);
  } finally {
    // The context holds a reference of its own.
    symbols.TF_DeleteFunction(made);
  }
}
