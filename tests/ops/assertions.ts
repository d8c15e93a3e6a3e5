import { assert, assertAlmostEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";

/** Normally distributed numbers. */
export function random(shape: number[], seed: number): tf.Tensor {
  return tf.randomNormal(shape, 0, 1, "float32", seed);
}

/** Compares each value with what is expected. */
export async function assertClose(
  actual: tf.Tensor,
  expected: ArrayLike<number>,
  tolerance = 1e-5,
): Promise<void> {
  const values = await actual.data();
  assert(values.length === expected.length, `${values.length} values`);
  for (let i = 0; i < values.length; i++) {
    assertAlmostEquals(values[i]!, expected[i]!, tolerance, `value ${i}`);
  }
}

/**
 * Compares `f`'s gradient with the change of `f` along a random direction,
 * `(f(x + h d) - f(x - h d)) / 2h`.
 */
export async function assertGradient(
  f: (x: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
  h = 1e-2,
): Promise<void> {
  const weights = random(f(x).shape, 11);
  const scalar = (x: tf.Tensor) => tf.sum(tf.mul(f(x), weights)) as tf.Scalar;
  const gradient = tf.grad(scalar)(x);
  const direction = random(x.shape, 12);
  const value = async (t: tf.Tensor) => (await t.data())[0]!;
  const along = await value(tf.sum(tf.mul(gradient, direction)));
  const up = await value(scalar(tf.add(x, tf.mul(direction, h))));
  const down = await value(scalar(tf.sub(x, tf.mul(direction, h))));
  const measured = (up - down) / (2 * h);
  const scale = Math.max(1, Math.abs(measured));
  assertAlmostEquals(along / scale, measured / scale, 5e-3);
}
