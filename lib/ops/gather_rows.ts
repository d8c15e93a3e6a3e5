import * as tf from "@tensorflow/tfjs";
import { intAttribute } from "../backends/tensorflow/attributes.ts";
import { activeTensorFlow } from "../backends/tensorflow/backend.ts";

/**
 * Rows of `table` by their indices. Has no gradient.
 *
 * (tfjs-node's own `tf.gather` reads the indices to check them, which a traced
 * function cannot do.)
 *
 * @param table Of shape `[rows, columns]`.
 * @param indices Row numbers from 0, int32.
 * @returns Of the shape of `indices` with `columns` appended.
 */
export function gatherRows(table: tf.Tensor2D, indices: tf.Tensor): tf.Tensor {
  const backend = activeTensorFlow();
  if (backend === undefined) return tf.gather(table, indices.toInt());
  return tf.tidy(() =>
    backend.kernels.executeSingleOutput(
      "GatherV2",
      [intAttribute("batch_dims", 0)],
      [table, indices, tf.scalar(0, "int32")],
    )
  );
}
