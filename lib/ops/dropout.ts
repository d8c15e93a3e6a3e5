import * as tf from "@tensorflow/tfjs";
import { typeAttribute } from "../backends/tensorflow/attributes.ts";
import { activeTensorFlow } from "../backends/tensorflow/backend.ts";
import { DataType } from "../backends/tensorflow/data_types.ts";

/**
 * Keeps each value with probability `1 - rate` and divides it by `1 - rate`; the
 * others become 0 (Srivastava et al. 2014, "Dropout: a simple way to prevent
 * neural networks from overfitting", in the form that leaves evaluation as it
 * is).
 *
 * What is dropped follows from the seed, the stream and the shape alone. The
 * seed is a tensor, so that each call of a traced step can have another one.
 *
 * @param rate Probability that a value is dropped, from 0 to below 1.
 * @param seed Of shape `[2]`, int32.
 * @param stream A whole number from 0 to 2^32 - 1 that tells apart those who
 * draw from the same seed.
 */
export function dropout<T extends tf.Tensor>(
  x: T,
  rate: number,
  seed: tf.Tensor1D,
  stream: number,
): T {
  if (rate === 0) return x;
  const kept = tf.greaterEqual(uniform(x.shape, seed, stream), rate);
  const factors = tf.mul(tf.cast(kept, "float32"), 1 / (1 - rate));
  return tf.mul(x, factors);
}

/** Numbers from 0 to below 1, of a stream of the seed. */
function uniform(
  shape: number[],
  seed: tf.Tensor1D,
  stream: number,
): tf.Tensor {
  const backend = activeTensorFlow();
  if (backend === undefined) {
    // These backends run op by op: the seed's values can be read.
    const name = [...seed.dataSync(), stream].join();
    return tf.randomUniform(shape, 0, 1, "float32", name);
  }
  const { kernels } = backend;
  const words = tf.tensor1d([stream | 0, 0], "int32");
  const mixed = kernels.executeSingleOutput(
    "BitwiseXor",
    [typeAttribute("T", DataType.int32)],
    [seed, words],
  );
  return kernels.executeSingleOutput(
    "StatelessRandomUniform",
    [
      typeAttribute("dtype", DataType.float32),
      typeAttribute("T", DataType.int32),
      typeAttribute("Tseed", DataType.int32),
    ],
    [tf.tensor1d(shape, "int32"), mixed],
  );
}
