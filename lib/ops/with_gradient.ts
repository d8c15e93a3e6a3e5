import * as tf from "@tensorflow/tfjs";

/** What an op computes, and how it is differentiated. */
export interface Differentiable<Output extends tf.Tensor> {
  readonly value: Output;
  /** Tensors that the gradient needs. */
  readonly saved: tf.Tensor[];
  /** From `dy` and the saved tensors, one gradient for each input. */
  readonly gradient: (dy: Output, saved: tf.Tensor[]) => tf.Tensor[];
}

/**
 * An op with a gradient of its own: `tf.customGrad` with types.
 *
 * @param inputs Tensors that the op is differentiated by.
 */
export function withGradient<
  Inputs extends readonly tf.Tensor[],
  Output extends tf.Tensor,
>(
  inputs: readonly [...Inputs],
  compute: (...inputs: Inputs) => Differentiable<Output>,
): Output {
  const op = tf.customGrad<Output>((...given) => {
    const save = given.pop() as unknown as (tensors: tf.Tensor[]) => void;
    const { value, saved, gradient } = compute(...given as unknown as Inputs);
    save(saved);
    return { value, gradFunc: gradient };
  });
  return op(...inputs);
}
