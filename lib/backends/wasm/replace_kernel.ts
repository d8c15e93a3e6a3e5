import * as tf from "@tensorflow/tfjs";

/** What tfjs gives a kernel. */
export interface KernelArguments {
  readonly inputs: tf.NamedTensorInfoMap;
  readonly attrs: tf.NamedAttrMap;
}

/**
 * Puts a kernel of the WebAssembly backend in the place of tfjs's own, if it has
 * one.
 */
export function replaceKernel(
  kernelName: string,
  kernel: (given: KernelArguments) => tf.TensorInfo,
): void {
  const own = tf.getKernel(kernelName, "wasm");
  const kernelFunc = kernel as tf.KernelFunc;
  if (own?.kernelFunc === kernelFunc) return;
  if (own !== undefined) tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc });
}
