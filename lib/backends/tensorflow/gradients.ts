import * as tf from "@tensorflow/tfjs";
import { activeTensorFlow } from "./backend.ts";

/**
 * Gives ReLU the gradient that TensorFlow has an op for,
 * `dx = dy` where `relu(x) > 0` and 0 elsewhere.
 *
 * tfjs's own gradient makes an array of ones of the activation's size in
 * JavaScript, and three more ops. Other backends keep it.
 */
export function registerGradients(): void {
  const generic = tf.getGradient("Relu");
  if (generic === undefined) throw new Error("tfjs has no gradient of ReLU");
  tf.registerGradient({
    kernelName: "Relu",
    outputsToSave: [true],
    gradFunc(dy, saved, attributes) {
      const backend = activeTensorFlow();
      const [y] = saved;
      if (y === undefined) throw new Error("ReLU's output was not saved");
      // The sign of relu(x) tells what the sign of x would.
      if (backend === undefined) return generic.gradFunc(dy, [y], attributes);
      return {
        x: () =>
          backend.kernels.executeSingleOutput("ReluGrad", [], [
            dy as tf.Tensor,
            y,
          ]),
      };
    },
  });
}
