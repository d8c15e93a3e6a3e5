import * as tf from "@tensorflow/tfjs";

const EPSILON = 1e-5;
const RUNNING_RATE = 0.1;

/** The tensors of a network by name. */
export type Variables = ReadonlyMap<string, tf.Variable>;

/**
 * The logits of a CIFAR ResNet with option A, written with nothing but tfjs's
 * own operations, as one does who uses tfjs-node alone. It is the same network
 * as the library's, by the same names.
 *
 * @param images Of shape `[batch, 32, 32, 3]`.
 * @returns Of shape `[batch, 10]`.
 */
export function stockLogits(
  variables: Variables,
  depth: number,
  images: tf.Tensor4D,
): tf.Tensor2D {
  let x = normalised(variables, "norm", convolved(variables, "conv", images));
  x = tf.relu(x);
  for (const stage of [1, 2, 3]) {
    for (let unit = 1; unit <= (depth - 2) / 6; unit++) {
      const stride = stage > 1 && unit === 1 ? 2 : 1;
      x = residualUnit(variables, `stage${stage}/unit${unit}`, x, stride);
    }
  }
  const features = tf.mean<tf.Tensor2D>(x, [1, 2]); // [N, 64]
  return tf.add(
    tf.matMul(features, named<tf.Tensor2D>(variables, "classifier/kernel")),
    named(variables, "classifier/bias"),
  );
}

function residualUnit(
  variables: Variables,
  path: string,
  x: tf.Tensor4D,
  stride: number,
): tf.Tensor4D {
  let y = convolved(variables, `${path}/conv1`, x, stride);
  y = tf.relu(normalised(variables, `${path}/norm1`, y));
  y = convolved(variables, `${path}/conv2`, y);
  y = normalised(variables, `${path}/norm2`, y);
  return tf.relu(tf.add(y, stride === 1 ? x : shortcut(x)));
}

/** Every second pixel, and as many channels of zeros again. */
function shortcut(x: tf.Tensor4D): tf.Tensor4D {
  const picked = tf.avgPool(x, 1, 2, "valid");
  return tf.pad(picked, [[0, 0], [0, 0], [0, 0], [0, x.shape[3]]]);
}

function convolved(
  variables: Variables,
  path: string,
  x: tf.Tensor4D,
  stride = 1,
): tf.Tensor4D {
  const kernel = named<tf.Tensor4D>(variables, `${path}/kernel`);
  if (stride === 1) return tf.conv2d(x, kernel, 1, "same");
  const padded = tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]);
  return tf.conv2d(padded, kernel, stride, "valid");
}

function normalised(
  variables: Variables,
  path: string,
  x: tf.Tensor4D,
): tf.Tensor4D {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  for (
    const [name, batch] of [
      ["runningMean", mean],
      ["runningVariance", variance],
    ] as const
  ) {
    const running = named<tf.Variable>(variables, `${path}/${name}`);
    const change = tf.mul(tf.sub(batch, running), RUNNING_RATE);
    running.assign(tf.add(running, change));
  }
  return tf.batchNorm4d(
    x,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    named<tf.Tensor1D>(variables, `${path}/shift`),
    named<tf.Tensor1D>(variables, `${path}/scale`),
    EPSILON,
  );
}

function named<T extends tf.Tensor>(variables: Variables, name: string): T {
  const variable = variables.get(name);
  if (variable === undefined) throw new Error(`Expected a tensor ${name}`);
  return variable as unknown as T;
}
