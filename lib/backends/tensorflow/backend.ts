import * as tf from "@tensorflow/tfjs";
import util from "node:util";
import { once } from "../../data/once.ts";
import type { Attribute } from "./attributes.ts";
import { bindingOf } from "./binding.ts";
import { Engine } from "./engine.ts";
import { registerGradients } from "./gradients.ts";
import type { Library } from "./library.ts";

/** The name under which the backend is registered with tfjs. */
export const TENSORFLOW = "tensorflow";

/** What tfjs-node's backend class can do, as far as this library calls it. */
export interface KernelBackend extends tf.KernelBackend {
  executeSingleOutput(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly tf.TensorInfo[],
  ): tf.Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly tf.TensorInfo[],
    outputs: number,
  ): tf.Tensor[];
  /** What there is of a tensor's data: values that are not uploaded yet, or an id. */
  readonly tensorMap: {
    get(
      data: object,
    ): { values: tf.backend_util.BackendValues | null; id: number };
  };
  /** Makes a tensor of one of the binding's tensor ids. */
  createOutputTensor(
    metadata: { id: number; shape: number[]; dtype: number },
  ): tf.Tensor;
  /** The binding's tensor ids, uploading what tfjs still holds. */
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[];
}

/** tfjs's TensorFlow backend with the engine that it runs on. */
export interface TensorFlowBackend {
  readonly engine: Engine;
  readonly kernels: KernelBackend;
}

let registered: TensorFlowBackend | undefined;

/**
 * Registers tfjs-node's kernels over TensorFlow's C library as the tfjs backend
 * "tensorflow". Later calls give the same backend, whatever library they name.
 *
 * @param library The opened library; the one that `deno task setup` installed
 * if left out.
 * @throws {Error} If there is no TensorFlow library, or it cannot be opened.
 */
export const registerTensorFlow = once(async (
  library?: Library,
): Promise<TensorFlowBackend> => {
  const engine = new Engine(library);
  // Its kernels call a function that Node.js has dropped since (tfjs #8425).
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) =>
      value === null || value === undefined,
  });
  await import("@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js");
  const { NodeJSKernelBackend } = await import(
    "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js"
  );
  const kernels = new NodeJSKernelBackend(
    bindingOf(engine),
    "@tensorflow/tfjs-node-gpu",
  ) as unknown as KernelBackend;
  // tfjs-node's own waits on the thread that everything runs on.
  kernels.read = async (data) => {
    const { values, id } = kernels.tensorMap.get(data);
    return values ??
      await engine.readNonblocking(id) as tf.backend_util.BackendValues;
  };
  tf.registerBackend(TENSORFLOW, () => kernels, 3);
  registerGradients();
  registered = { engine, kernels };
  return registered;
});

/**
 * The registered backend, if it is the one that tfjs uses now.
 */
export function activeTensorFlow(): TensorFlowBackend | undefined {
  return tf.getBackend() === TENSORFLOW ? registered : undefined;
}
