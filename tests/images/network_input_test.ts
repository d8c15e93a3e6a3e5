import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import {
  IMAGENET_COLOURS,
  networkInput,
  perChannel,
} from "../../lib/images/network_input.ts";

await useBackend({ name: "tensorflow", quiet: true });

Deno.test("networkInput() mirrors, adds colours and normalises", () => {
  const images = tf.tensor4d(
    [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110],
    [
      2,
      1,
      2,
      3,
    ],
  );
  const normalisation = { mean: [10, 20, 30], deviation: [1, 2, 4] } as const;
  const input = (
    changes = {},
  ) => [...networkInput(images, normalisation, changes).dataSync()];
  assertEquals(input(), [-10, -5, -2.5, 20, 10, 5, 50, 25, 12.5, 80, 40, 20]);
  assertEquals(
    input({ flips: tf.tensor1d([0, 1], "int32") }),
    [-10, -5, -2.5, 20, 10, 5, 80, 40, 20, 50, 25, 12.5],
  );
  const colours = tf.tensor2d([[0, 0, 0], [0.1, 0, -0.2]]);
  const changed = input({ colours });
  assertEquals(changed.slice(0, 6), [-10, -5, -2.5, 20, 10, 5]);
  // 0.1 * 255 * 0.2175 * -0.5675 - 0.2 * 255 * 0.0045 * 0.4009 on red.
  assertAlmostEquals(changed[6]!, 50 - 3.14750 - 0.09201, 1e-4);
  // 0.1 * 255 * 0.2175 * -0.5836 - 0.2 * 255 * 0.0045 * 0.4203 on blue.
  assertAlmostEquals(changed[8]!, 12.5 + (-3.23679 - 0.09646) / 4, 1e-4);
  assertThrows(
    () => networkInput(images, { ...normalisation, mean: [1, 2, 3, 4] }),
    RangeError,
    "Expected the mean of 3 channels or of 1x2x3 values but found 4",
  );
});

Deno.test("networkInput() subtracts a mean for each pixel, perChannel() one for each channel", () => {
  const images = tf.tensor4d([9, 9, 9, 9, 9, 9], [1, 1, 2, 3]);
  const normalisation = {
    mean: [1, 2, 3, 5, 6, 7],
    deviation: [1, 1, 1],
  } as const;
  assertEquals([...networkInput(images, normalisation).dataSync()], [
    8,
    7,
    6,
    4,
    3,
    2,
  ]);
  assertEquals(perChannel(normalisation).mean, [3, 4, 5]);
});

Deno.test("the components of ImageNet's colours are orthonormal", () => {
  const { components } = IMAGENET_COLOURS;
  components.forEach((a, i) =>
    components.forEach((b, j) => {
      const product = a.reduce((sum, value, k) => sum + value * b[k]!, 0);
      assertAlmostEquals(product, i === j ? 1 : 0, 1e-3);
    })
  );
});
