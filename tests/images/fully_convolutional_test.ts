import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { fullyConvolutionalLogits } from "../../lib/images/fully_convolutional.ts";
import { imageNetResNet } from "../../lib/networks/imagenet.ts";
import { dense, flatten, type Network } from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import { colourModel } from "./colour_model.ts";

await useBackend({ name: "tensorflow", quiet: true });

Deno.test("fullyConvolutionalLogits() are the mean over the network's windows", () => {
  const model = colourModel();
  // 5x6 pixels have 2x3 windows of 4x4.
  const images = tf.randomUniform<tf.Rank.R4>([2, 5, 6, 3], 0, 1, "float32", 3);
  const found = fullyConvolutionalLogits(model, images);
  const windows = [0, 1].flatMap((top) =>
    [0, 1, 2].map((left) =>
      model.logits(tf.slice(images, [0, top, left, 0], [2, 4, 4, 3]))
    )
  );
  const expected = tf.mean(tf.stack(windows), 0).dataSync();
  found.dataSync().forEach((value, i) =>
    assertAlmostEquals(value, expected[i]!, 1e-6)
  );
  assertThrows(
    () => fullyConvolutionalLogits(model, tf.zeros([1, 3, 4, 3])),
    RangeError,
    "Expected images of at least 4x4 pixels for colours but found 3x4",
  );
  model.dispose();
});

Deno.test("fullyConvolutionalLogits() of the network's own size are its logits", () => {
  const network = imageNetResNet({ depth: 18, imageSize: 64, classes: 5 });
  const model = build(network, { seed: 0 });
  const images = tf.randomUniform<tf.Rank.R4>(
    [1, 64, 64, 3],
    -1,
    1,
    "float32",
    3,
  );
  const expected = model.logits(images).dataSync();
  fullyConvolutionalLogits(model, images).dataSync().forEach((value, i) =>
    assertAlmostEquals(value, expected[i]!, 1e-4)
  );
  const larger = fullyConvolutionalLogits(model, tf.zeros([1, 96, 128, 3]));
  assertEquals(larger.shape, [1, 5]);
  model.dispose();
});

Deno.test("fullyConvolutionalLogits() says which networks have no such form", () => {
  const network: Network = {
    name: "flat",
    input: [4, 4, 3],
    layers: [flatten("flatten"), dense("classifier", 2)],
  };
  const model = build(network, { seed: 0 });
  assertThrows(
    () => fullyConvolutionalLogits(model, tf.zeros([1, 8, 8, 3])),
    Error,
    "Expected flat to end in global average pooling and a fully connected layer",
  );
  model.dispose();
});
