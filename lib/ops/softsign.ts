import * as tf from "@tensorflow/tfjs";
import { withGradient } from "./with_gradient.ts";

/** `softsign(x) = x / (1 + |x|)`, whose derivative is `1 / (1 + |x|)^2`. */
export function softsign<T extends tf.Tensor>(x: T): T {
  // With a gradient of its own: that of the quotient is a difference of two
  // numbers that are nearly the same where |x| is large.
  return withGradient([x], (x) => {
    const size = tf.add(tf.abs(x), 1);
    return {
      value: tf.div(x, size) as T,
      saved: [size],
      gradient: (dy, saved) => saved.map((size) => tf.div(dy, tf.square(size))),
    };
  });
}
