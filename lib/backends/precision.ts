import * as tf from "@tensorflow/tfjs";
import { activeTensorFlow } from "./tensorflow/backend.ts";
import { bfloat16Obstacle } from "./tensorflow/bfloat16.ts";

/**
 * The numbers that a traced step computes with:
 *
 * - `"float32"`, with 24 bits of significand.
 * - `"bfloat16"`, mixed precision: TensorFlow's graph rewriter has
 *   convolutions, matrix products and what lies between them compute with 8
 *   bits of significand (values of the same range), and leaves in float32 what
 *   needs it. Variables, and so the update, stay in float32.
 * - `"bfloat16-emulated"`, on a processor that cannot compute with bfloat16:
 *   to see what rounding costs in accuracy, not to be fast. Sums are rounded on
 *   the way, too, where a processor that has bfloat16 keeps them in float32.
 */
export type Precision = "float32" | "bfloat16" | "bfloat16-emulated";

/**
 * Checks that the backend in use can compute with a precision.
 *
 * @throws {Error} If it cannot; why, and what can be asked for instead.
 */
export function checkPrecision(precision: Precision): void {
  if (precision === "float32") return;
  const engine = activeTensorFlow()?.engine;
  if (engine === undefined) {
    throw new Error(
      `Expected the backend "tensorflow" for the precision ${precision} but found "${tf.getBackend()}": use float32`,
    );
  }
  const obstacle = bfloat16Obstacle(
    engine.context.device.type,
    precision === "bfloat16-emulated",
  );
  if (obstacle === undefined) return;
  throw new Error(`No precision ${precision} here: ${obstacle}`);
}
