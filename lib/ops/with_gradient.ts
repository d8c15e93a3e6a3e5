import * as tf from "@tensorflow/tfjs";

/** What an op computes, and how it is differentiated. */
export interface Differentiable<Output extends tf.Tensor> {
  readonly value: Output;
  /** Tensors that the gradient needs. */
  readonly saved: tf.Tensor[];
  /**
   * Other tensors for the gradient, which it gets behind the saved ones. They
   * count as constants if the gradient is itself differentiated.
   */
  readonly reserved?: tf.Tensor[];
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
    const { value, saved, reserved = [], gradient } = compute(
      ...given as unknown as Inputs,
    );
    saveOffTape([...saved, ...reserved], reserved.length, save);
    return { value, gradFunc: gradient };
  });
  return op(...inputs);
}

/**
 * Saves tensors, the last `count` without the nodes on tfjs's tape that link
 * them to where they are from. tfjs looks through all variables for each node
 * that follows from none of them: time that grows with the square of the depth.
 */
function saveOffTape(
  tensors: tf.Tensor[],
  count: number,
  save: (tensors: tf.Tensor[]) => void,
): void {
  const tape: unknown[] = tf.engine().state.activeTape ?? [];
  const length = tape.length;
  save(tensors);
  // Nothing is saved where nothing is differentiated.
  if (tape.length === length + tensors.length) tape.length -= count;
}
