import * as tf from "@tensorflow/tfjs";
import type { Attribute } from "../backends/tensorflow/attributes.ts";
import {
  activeTensorFlow,
  type TensorFlowBackend,
} from "../backends/tensorflow/backend.ts";
import { DataType } from "../backends/tensorflow/data_types.ts";
import type { EagerValue, HostNumbers } from "../backends/tensorflow/value.ts";

/**
 * The backend that decodes images.
 *
 * @throws {Error} If it is not the one in use.
 */
export function decodingBackend(): TensorFlowBackend {
  const backend = activeTensorFlow();
  if (backend !== undefined) return backend;
  throw new Error(
    `Expected the backend "tensorflow", which decodes images, but found "${tf.getBackend()}": run \`deno task setup\` for TensorFlow's library`,
  );
}

/** Numbers that are made to be an op's input, in the host's memory. */
export function given(
  values: Int32Array | Float32Array,
  shape: number[] = [values.length],
): HostNumbers {
  const dtype = values instanceof Int32Array
    ? DataType.int32
    : DataType.float32;
  return { shape, dtype, values };
}

/**
 * Runs a TensorFlow op of one output on another thread of the CPU; the event
 * loop goes on meanwhile. A GPU has better to do, and images would be copied to
 * it and back. The caller disposes of the output.
 */
export async function runOp(
  { engine, kernels }: TensorFlowBackend,
  name: string,
  attributes: readonly Attribute[],
  inputs: readonly (tf.Tensor | HostNumbers)[],
): Promise<tf.Tensor> {
  const made: EagerValue[] = [];
  try {
    const values = inputs.map((input) => {
      if (input instanceof tf.Tensor) {
        return engine.eager(kernels.getInputTensorIds([input])[0]!);
      }
      made.push(engine.onCpu(input));
      return made.at(-1)!;
    });
    const [id] = await engine.runNonblocking(name, attributes, values, 1, {
      onCpu: true,
    });
    if (id === undefined) throw new Error(`${name} gave no output`);
    return kernels.createOutputTensor({ ...engine.get(id), id });
  } finally {
    made.forEach((value) => engine.free(value));
  }
}
