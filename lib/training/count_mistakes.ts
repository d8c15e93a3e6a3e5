import * as tf from "@tensorflow/tfjs";

/**
 * Number of rows of `logits` whose largest value is not at the label: those of
 * {@linkcode countOutsideTop} with a `top` of 1.
 *
 * @param logits Of shape `[batch, classes]`.
 * @param labels Of shape `[batch]`, int32.
 */
export function countMistakes(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
): tf.Scalar {
  return countOutsideTop(logits, labels, 1);
}

/**
 * Number of rows of `logits` in which the label's value is not among the `top`
 * largest. Of equal values the one of the lower class counts as the larger; a
 * label beside NaN never is among them.
 *
 * @param logits Of shape `[batch, classes]`.
 * @param labels Of shape `[batch]`, int32.
 */
export function countOutsideTop(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  top: number,
): tf.Scalar {
  const classes = logits.shape[1];
  const mask = tf.cast(tf.oneHot(labels, classes), "float32");
  const own = tf.sum(tf.mul(logits, mask), 1, true); // [N, 1]
  const larger = tf.logicalNot(tf.lessEqual(logits, own));
  const lower = tf.less(
    tf.range(0, classes, 1, "int32"),
    tf.expandDims(labels, 1),
  );
  const before = tf.logicalAnd(tf.equal(logits, own), lower);
  const rank = tf.sum(tf.cast(tf.logicalOr(larger, before), "int32"), 1);
  const outside = tf.greaterEqual(rank, tf.scalar(top, "int32"));
  return tf.sum(tf.cast(outside, "float32"));
}
