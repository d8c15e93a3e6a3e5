import * as tf from "@tensorflow/tfjs";
import type { TensorFlowBackend } from "./backend.ts";
import { boolAttribute } from "./attributes.ts";
import { checkStatus } from "./library.ts";
import { cString } from "./memory.ts";
import { forbidRandomNumbers } from "./random_guard.ts";
import { pack, type Trace } from "./trace.ts";
import type { EagerValue, SymbolicValue } from "./value.ts";
import { VariableScope } from "./variable_scope.ts";

/** A TensorFlow function made from tfjs code. */
export interface TracedFunction {
  /** Nodes in its graph. */
  readonly nodes: number;
  /** Runs it: gives new tensors, and assigns to the variables it changes. */
  call(inputs: readonly tf.Tensor[]): Promise<tf.Tensor[]>;
  /** Frees it. */
  dispose(): void;
}

/** An input that is not an argument: a variable, or a tensor from outside. */
type Captured = tf.Variable | EagerValue;

let functions = 0;

/**
 * Writes `step`, tfjs code over `examples` and over any variables, into one
 * TensorFlow function.
 *
 * Variables that the code uses become inputs, those it assigns to outputs.
 * Other tensors from outside become inputs of which a reference is kept.
 */
export function traceFunction(
  backend: TensorFlowBackend,
  step: (...inputs: tf.Tensor[]) => tf.Tensor[],
  examples: readonly tf.Tensor[],
  { xla }: { xla: boolean },
): TracedFunction {
  const { engine, kernels } = backend;
  const { library } = engine;
  const { symbols, status } = library;
  const name = `jit_${step.name || "step"}_${functions++}`;
  // Uploaded first, so that a tensor is an input even if nobody used it yet.
  const inputIds = kernels.getInputTensorIds(examples);
  const variables = new VariableScope(backend);
  const written = engine.trace((trace) => {
    const allow = forbidRandomNumbers(kernels);
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
        const ids = kernels.getInputTensorIds([
          ...variables.changed(),
          ...results,
        ]);
        outputs = ids.map((id) => engine.symbolic(id));
        // Those that the step kept from its own tf.tidy are in nobody's hands.
        results.forEach((result, i) => {
          const id = ids[ids.length - results.length + i];
          const made = id !== undefined && engine.get(id).kind === "symbolic";
          if (made && !(result instanceof tf.Variable)) result.dispose();
        });
      });
      return { trace, inputs, outputs, assigned: variables.changed() };
    } catch (error) {
      trace.captured.forEach(({ held }) => engine.free(held));
      trace.dispose();
      throw error;
    } finally {
      allow();
      variables.restore();
    }
  });
  const { trace, inputs, outputs, assigned } = written;
  const captured = [...trace.captured].map(([value, { held }]): Captured => {
    const variable = variables.variableOf(value);
    // What a variable holds changes: it is asked at each call.
    if (variable !== undefined) engine.free(held);
    return variable ?? held;
  });
  const begins = [
    ...inputs,
    ...Array.from(trace.captured.values(), ({ input }) => input),
  ];
  try {
    const ends = distinct(trace, inputs, outputs);
    addFunction(backend, trace, name, begins, ends, xla);
  } catch (error) {
    freeCaptured();
    throw error;
  } finally {
    trace.dispose();
  }
  const attributes = xla ? [boolAttribute("_XlaMustCompile", true)] : [];
  return {
    nodes: trace.size,
    async call(inputs) {
      const ids = kernels.getInputTensorIds(inputs);
      const values = ids.map((id) => engine.eager(id));
      for (const value of captured) {
        values.push(value instanceof tf.Variable ? valueOf(value) : value);
      }
      const results = await engine.runNonblocking(
        name,
        attributes,
        values,
        outputs.length,
      );
      const tensors = results.map((id) =>
        kernels.createOutputTensor({ ...engine.get(id), id })
      );
      assigned.forEach((variable, i) => {
        const tensor = tensors[i];
        if (tensor === undefined) throw new Error("A result is missing");
        if (!variable.isDisposed) variable.assign(tensor);
        tensor.dispose();
      });
      return tensors.slice(assigned.length);
    },
    dispose() {
      freeCaptured();
      const { pointer } = engine.context;
      symbols.TFE_ContextRemoveFunction(pointer, cString(name), status);
      checkStatus(library, `Removing ${name}`);
    },
  };

  function freeCaptured(): void {
    for (const value of captured) {
      if (!(value instanceof tf.Variable)) engine.free(value);
    }
  }

  function valueOf(variable: tf.Variable): EagerValue {
    if (variable.isDisposed) {
      throw new Error(
        `Expected variable ${variable.name} of a traced function to be alive but it is disposed`,
      );
    }
    const [id] = kernels.getInputTensorIds([variable]);
    if (id === undefined) throw new Error(`${variable.name} has no tensor`);
    return engine.eager(id);
  }
}

/** Checks that a step gave a list of tensors. */
export function checkResults(results: unknown): tf.Tensor[] {
  if (results instanceof Promise) {
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
  const taken = new Set(
    [...inputs, ...Array.from(trace.captured.values(), (c) => c.input)].map(
      key,
    ),
  );
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
  const made = symbols.TF_GraphToFunction(
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
