import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { useBackend } from "../../../lib/backends/use_backend.ts";

await useBackend({ name: "tensorflow", quiet: true });
await useBackend({ name: "wasm", quiet: true });

type Gradients = () => tf.Tensor[];

/** Asserts that gradients are TensorFlow's. */
async function assertAsTensorFlow(gradients: Gradients): Promise<void> {
  await useBackend({ name: "wasm", quiet: true });
  const before = tf.memory().numTensors;
  const found = await valuesOf(gradients);
  assertEquals(tf.memory().numTensors, before);
  await useBackend({ name: "tensorflow", quiet: true });
  const expected = await valuesOf(gradients);
  for (const [i, { shape, values }] of expected.entries()) {
    assertEquals(found[i]!.shape, shape);
    for (const [at, value] of values.entries()) {
      assertAlmostEquals(found[i]!.values[at]!, value, 1e-4);
    }
  }
}

async function valuesOf(gradients: Gradients) {
  const tensors = tf.tidy(gradients);
  const values = await Promise.all(
    tensors.map(async (tensor) => ({
      shape: tensor.shape,
      values: await tensor.data(),
    })),
  );
  tf.dispose(tensors);
  return values;
}

function random(shape: Shape, seed: number): tf.Tensor4D {
  return tf.randomNormal(shape, 0, 1, "float32", seed);
}

type Shape = tf.Tensor4D["shape"];
type Pad = Parameters<typeof tf.conv2d>[3];

const PADS: [string, Pad][] = [
  ["valid", "valid"],
  ["same", "same"],
  ["uneven", [[0, 0], [0, 1], [2, 0], [0, 0]]],
  // Wider than the kernel.
  ["wide", [[0, 0], [3, 4], [4, 3], [0, 0]]],
];

function convolved(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  stride: number,
  pad: Pad,
): tf.Tensor4D {
  // On TensorFlow tfjs has no gradient of a convolution that pads explicitly.
  return typeof pad === "object" && tf.getBackend() === "tensorflow"
    ? tf.conv2d(tf.pad(x, pad), kernel, stride, "valid")
    : tf.conv2d(x, kernel, stride, pad);
}

for (const [padding, pad] of PADS) {
  for (const [kernelHeight, kernelWidth] of [[3, 3], [1, 1], [2, 3]] as const) {
    for (const stride of [1, 2, 3]) {
      Deno.test(
        `wasm has TensorFlow's gradients of a ${kernelHeight}x${kernelWidth} convolution, stride ${stride}, padding ${padding}`,
        () =>
          assertAsTensorFlow(() => {
            const x = random([2, 8, 7, 3], 1);
            const kernel = random([kernelHeight, kernelWidth, 3, 4], 2);
            return tf.grads((x, kernel) => {
              const y = convolved(
                x as tf.Tensor4D,
                kernel as tf.Tensor4D,
                stride,
                pad,
              );
              return tf.sum(tf.mul(y, random(y.shape, 3)));
            })([x, kernel]);
          }),
      );
    }
  }
}

Deno.test("wasm has TensorFlow's gradients of a convolution of stride 1x3", () =>
  assertAsTensorFlow(() => {
    const inputs = [random([2, 8, 7, 3], 1), random([3, 2, 3, 4], 2)];
    return tf.grads((x, kernel) => {
      const y = tf.conv2d(
        x as tf.Tensor4D,
        kernel as tf.Tensor4D,
        [1, 3],
        "same",
      );
      return tf.sum(tf.mul(y, random(y.shape, 3)));
    })(inputs);
  }));

Deno.test("wasm has TensorFlow's conv2dTranspose and its gradients", () =>
  assertAsTensorFlow(() => {
    const inputs = [random([2, 4, 5, 3], 1), random([3, 3, 4, 3], 2)];
    const upwards = (x: tf.Tensor, kernel: tf.Tensor) =>
      tf.conv2dTranspose(
        x as tf.Tensor4D,
        kernel as tf.Tensor4D,
        [2, 8, 10, 4],
        2,
        "same",
      );
    const gradients = tf.grads((x, kernel) => {
      const y = upwards(x!, kernel!);
      return tf.sum(tf.mul(y, random(y.shape, 3)));
    })(inputs);
    return [upwards(inputs[0]!, inputs[1]!), ...gradients];
  }));

Deno.test("wasm has no gradient by a kernel from no images", async () => {
  await useBackend({ name: "wasm", quiet: true });
  const gradient = tf.tidy(() =>
    tf.engine().runKernel(
      "Conv2DBackpropFilter",
      { x: tf.zeros([0, 4, 4, 3]), dy: tf.zeros([0, 4, 4, 2]) },
      {
        ...{ strides: [1, 1], pad: "same", dataFormat: "NHWC" },
        filterShape: [3, 3, 3, 2],
      },
    )
  ) as tf.Tensor;
  assertEquals([...await gradient.data()], Array(54).fill(0));
  gradient.dispose();
  await useBackend({ name: "tensorflow", quiet: true });
});

Deno.test("wasm has TensorFlow's gradient of 2x3 max pooling, stride 3x1", () =>
  assertAsTensorFlow(() => [
    tf.grad((x) => {
      const y = tf.maxPool(x as tf.Tensor4D, [2, 3], [3, 1], "same");
      return tf.sum(tf.mul(y, random(y.shape, 3)));
    })(random([2, 7, 8, 3], 1)),
  ]));

Deno.test("wasm frees each step of a max pooling's gradient", async () => {
  await useBackend({ name: "wasm", quiet: true });
  const x = random([1, 63, 63, 8], 1);
  const { peakBytes } = await tf.profile(() =>
    tf.tidy(() => tf.grad((x) => tf.maxPool(x as tf.Tensor4D, 3, 2, "same"))(x))
  );
  // In times of the images; 80 if what all nine pixels need were kept.
  assert(peakBytes / (4 * x.size) < 20, `${peakBytes}`);
  x.dispose();
  await useBackend({ name: "tensorflow", quiet: true });
});

for (const [name, draw] of Object.entries({ random, rectified })) {
  for (
    const [size, stride, pad] of [[2, 2, "valid"], [3, 2, "same"], [
      3,
      1,
      "same",
    ], [2, 3, "valid"]] as const
  ) {
    Deno.test(
      `wasm has TensorFlow's gradient of ${size}x${size} max pooling of ${name} values, stride ${stride}, padding ${pad}`,
      () =>
        assertAsTensorFlow(() => [
          tf.grad((x) => {
            const y = tf.maxPool(x as tf.Tensor4D, size, stride, pad);
            return tf.sum(tf.mul(y, random(y.shape, 3)));
          })(draw([2, 7, 8, 3], 1)),
        ]),
    );
  }
}

/** Values of which many are the same: zero. */
function rectified(shape: Shape, seed: number): tf.Tensor4D {
  return tf.relu(random(shape, seed));
}
