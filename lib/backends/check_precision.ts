import * as tf from "@tensorflow/tfjs";
import { once } from "../data/once.ts";
import type { Precision } from "./precision.ts";
import {
  activeTensorFlow,
  type TensorFlowBackend,
} from "./tensorflow/backend.ts";
import { bfloat16Obstacle } from "./tensorflow/bfloat16.ts";
import { traceFunction } from "./tensorflow/traced_function.ts";

/**
 * Checks that the backend in use can compute with a precision, and does.
 *
 * @throws {Error} If the backend cannot; why, and what can be asked for instead.
 */
export async function checkPrecision(precision: Precision): Promise<void> {
  if (precision === "float32") return;
  const backend = activeTensorFlow();
  if (backend === undefined) {
    throw new Error(
      `Expected the backend "tensorflow" for the precision ${precision} but found "${tf.getBackend()}": use float32`,
    );
  }
  const { type } = backend.engine.context.device;
  const obstacle = bfloat16Obstacle(type, precision === "bfloat16-emulated") ??
    await missingRewriter(backend);
  if (obstacle === undefined) return;
  throw new Error(`No precision ${precision} here: ${obstacle}`);
}

/** TensorFlow says nothing where its rewriter is not there, and goes on. */
async function missingRewriter(
  backend: TensorFlowBackend,
): Promise<string | undefined> {
  return await roundsProducts(backend)
    ? undefined
    : "TensorFlow did not rewrite a product that was tried; its rewriter is part of oneDNN, which TF_ENABLE_ONEDNN_OPTS=0 switches off and which not every build has; use float32";
}

const roundsProducts = once(async (backend: TensorFlowBackend) => {
  const [x, one] = [tf.tensor2d([[1 + 2 ** -9]]), tf.tensor2d([[1]])];
  const product = traceFunction(
    backend,
    (a, b) => [tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D)],
    [x, one],
    { xla: false, bfloat16: true },
  );
  let results: tf.Tensor[] = [];
  try {
    results = await product.call([x, one]);
    const [value] = await results[0]?.data() ?? [];
    return value === 1;
  } finally {
    product.dispose();
    tf.dispose([x, one, ...results]);
  }
});
