import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { registerTensorFlow } from "../../lib/backends/tensorflow/backend.ts";
import { profileOps } from "../../lib/backends/tensorflow/profile.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { convolution } from "../../lib/ops/convolution.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertClose, assertGradient, random } from "./assertions.ts";

/** The definition, pixel by pixel. */
function convolve(
  x: Float32Array,
  [height, width, inputs]: [number, number, number],
  kernel: Float32Array,
  [size, outputs]: [number, number],
  stride: number,
  padding: number,
): number[] {
  const result: number[] = [];
  for (let y = -padding; y + size <= height + padding; y += stride) {
    for (let z = -padding; z + size <= width + padding; z += stride) {
      for (let o = 0; o < outputs; o++) {
        let sum = 0;
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            const [row, column] = [y + i, z + j];
            if (row < 0 || row >= height || column < 0 || column >= width) {
              continue;
            }
            for (let c = 0; c < inputs; c++) {
              sum += x[(row * width + column) * inputs + c]! *
                kernel[((i * size + j) * inputs + c) * outputs + o]!;
            }
          }
        }
        result.push(sum);
      }
    }
  }
  return result;
}

testOnEachBackend("convolution() pads both sides alike", async () => {
  const x = random([1, 6, 8, 3], 1) as tf.Tensor4D;
  for (
    const [size, stride, padding] of [[3, 1, 1], [3, 2, 1], [1, 2, 0], [
      5,
      2,
      2,
    ], [3, 1, 0]] as const
  ) {
    const kernel = random([size, size, 3, 4], 2) as tf.Tensor4D;
    const y = convolution(x, kernel, stride, padding);
    await assertClose(
      y,
      convolve(
        await x.data() as Float32Array,
        [6, 8, 3],
        await kernel.data() as Float32Array,
        [size, 4],
        stride,
        padding,
      ),
    );
  }
});

testOnEachBackend(
  "convolution() has the gradient that differences measure",
  async () => {
    const x = random([2, 6, 6, 3], 1) as tf.Tensor4D;
    for (const [size, padding] of [[3, 1], [1, 0]] as const) {
      const kernel = random([size, size, 3, 4], 2) as tf.Tensor4D;
      for (const stride of [1, 2]) {
        await assertGradient(
          (x) => convolution(x as tf.Tensor4D, kernel, stride, padding),
          x,
        );
        await assertGradient(
          (k) => convolution(x, k as tf.Tensor4D, stride, padding),
          kernel,
        );
      }
    }
  },
);

/** What gradients by a kernel are computed from, at stride 2. */
async function kernelGradientShapes(
  size: number,
  channels: number,
  padding: number,
): Promise<string[]> {
  await useBackend({ name: "tensorflow", quiet: true });
  const { engine } = await registerTensorFlow();
  const x = random([2, 6, 6, channels], 1) as tf.Tensor4D;
  const kernel = random([size, size, channels, 8], 2) as tf.Tensor4D;
  return profileOps(engine, () =>
    tf.tidy(() => {
      tf.grad((k) => convolution(x, k as tf.Tensor4D, 2, padding))(kernel);
    })).filter(({ op }) => op === "Conv2DBackpropFilter")
    .map(({ shapes }) => shapes);
}

Deno.test("convolution() has no 1x1 kernel step over pixels of few channels", async () => {
  // There oneDNN's own way is now and then wrong: see convolution.ts.
  assertEquals(await kernelGradientShapes(1, 4, 0), [
    "[2,3,3,4] [4] [2,3,3,8]",
  ]);
  assertEquals(await kernelGradientShapes(1, 16, 0), [
    "[2,6,6,16] [4] [2,3,3,8]",
  ]);
});

Deno.test("convolution() pads before it strides", async () => {
  // Otherwise oneDNN leaves the gradients to others: see convolution.ts.
  assertEquals(await kernelGradientShapes(3, 16, 1), [
    "[2,8,8,16] [4] [2,3,3,8]",
  ]);
});
