import * as tf from "@tensorflow/tfjs";
import { activeTensorFlow } from "./backend.ts";

/**
 * Gives tfjs's kernels gradients that TensorFlow computes with fewer ops. Other
 * backends keep tfjs's own.
 */
export function registerGradients(): void {
  registerReluGradient();
  registerAddGradient();
}

/**
 * ReLU's gradient is an op of TensorFlow's, `dx = dy` where `relu(x) > 0` and 0
 * elsewhere.
 *
 * tfjs's own gradient makes an array of ones of the activation's size in
 * JavaScript, and three more ops.
 */
function registerReluGradient(): void {
  const generic = gradientOf("Relu");
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

/**
 * An addition hands its gradient on: `da = db = dy`, summed where an input was
 * broadcast. tfjs's own gradient reshapes it even to the shape that it has: two
 * more ops in each residual unit.
 */
function registerAddGradient(): void {
  const generic = gradientOf("Add");
  tf.registerGradient({
    ...generic,
    gradFunc(dy, saved, attributes) {
      const gradients = generic.gradFunc(dy, saved, attributes);
      const [a, b] = saved;
      const same = activeTensorFlow() !== undefined &&
        a?.shape.join() === b?.shape.join();
      if (!same) return gradients;
      const handOn = () => tf.clone(dy as tf.Tensor);
      return { a: handOn, b: handOn };
    },
  });
}

function gradientOf(kernel: string): tf.GradConfig {
  const gradient = tf.getGradient(kernel);
  if (gradient === undefined) {
    throw new Error(`Expected tfjs to have a gradient of ${kernel}`);
  }
  return gradient;
}
