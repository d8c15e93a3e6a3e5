import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { join } from "@std/path";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { classScores } from "../../lib/images/class_scores.ts";
import { BrokenImageError } from "../../lib/images/decode_image.ts";
import { classifyFolder } from "../../lib/images/classify_folder.ts";
import { fullyConvolutionalLogits } from "../../lib/images/fully_convolutional.ts";
import { imageFolder } from "../../lib/images/image_folder.ts";
import { meanImage } from "../../lib/images/mean_image.ts";
import {
  IMAGENET_COLOURS,
  networkInput,
  perChannel,
} from "../../lib/images/network_input.ts";
import { centrePart, tenCrops } from "../../lib/images/judging_views.ts";
import { imageNetResNet } from "../../lib/networks/imagenet.ts";
import {
  convolution,
  dense,
  flatten,
  globalAveragePool,
  type Network,
} from "../../lib/networks/layer.ts";
import { build, Model } from "../../lib/networks/model.ts";
import { encode, pixels, plain, tensorOf, withFiles } from "./image_files.ts";

await useBackend({ name: "tensorflow", quiet: true });

/** Of 4x4 pixels; its features are the image's colours. */
const SMALL: Network = {
  name: "colours",
  input: [4, 4, 3],
  layers: [
    convolution("conv", 3, 1),
    globalAveragePool("pool"),
    dense("classifier", 3),
  ],
};

/** Logits are the means of the input's channels. */
function colourModel(): Model {
  const identity = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  return new Model(
    SMALL,
    new Map([
      ["conv/kernel", identity],
      ["classifier/kernel", identity],
      ["classifier/bias", new Float32Array(3)],
    ]),
  );
}

const RAW = { mean: [0, 0, 0], deviation: [255, 255, 255] } as const;

function softmax(logits: readonly number[]): number[] {
  const powers = logits.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

Deno.test("tenCrops() takes corners, middle and their mirror images", async () => {
  // Nothing is resized: the shorter side is 6 already.
  const image = tensorOf(pixels([6, 9], (row, column) => 10 * row + column));
  const crops = await tenCrops(image, { size: 4, shorterSide: 6 });
  assertEquals(crops.shape, [10, 4, 4, 3]);
  const values = crops.dataSync();
  const corner = (crop: number, row: number, column: number) =>
    values[((crop * 4 + row) * 4 + column) * 3];
  const firsts = Array.from({ length: 10 }, (_, i) => corner(i, 0, 0));
  // Rows 0, 2 or the middle 1; columns 0, 5 or the middle 2 (2.5, to even).
  assertEquals(firsts.slice(0, 5), [0, 5, 20, 25, 12]);
  assertEquals(firsts.slice(5), [3, 8, 23, 28, 15]);
  assertEquals(corner(4, 3, 3), 45);
  tf.dispose([image, crops]);
});

Deno.test("centrePart() lies where torchvision's CenterCrop does", () => {
  const { resized, top, left } = centrePart([333, 500], {
    size: 224,
    shorterSide: 256,
  });
  // int(round(16.0)), int(round(80.0)).
  assertEquals([resized, top, left], [[256, 384], 16, 80]);
  const odd = (height: number, width: number) =>
    centrePart([height, width], { size: 224, shorterSide: 227 });
  // Python's round(1.5) = 2; round(58.5) = 58.
  assertEquals([odd(227, 341).top, odd(227, 341).left], [2, 58]);
});

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

Deno.test("classScores() of one colour are its softmax, from each kind of views", async () => {
  const model = colourModel();
  const image = tensorOf(plain([9, 12], 255, 51, 102));
  const expected = softmax([1, 0.2, 0.4]);
  const before = tf.memory().numTensors;
  for (const views of ["centre", "ten-crop", { scales: [4, 6, 9] }] as const) {
    const scores = await classScores(model, image, {
      normalisation: RAW,
      views,
    });
    scores.dataSync().forEach((value, i) =>
      assertAlmostEquals(value, expected[i]!, 1e-6)
    );
    scores.dispose();
  }
  assertEquals(tf.memory().numTensors, before);
  tf.dispose(image);
  model.dispose();
});

Deno.test("classScores() averages the probabilities of scales", async () => {
  const model = colourModel();
  // Red in the middle, green around it: larger scales see more of the middle.
  const image = tensorOf(
    pixels([8, 8], (row, column, channel) => {
      const middle = Math.abs(row - 3.5) < 2 && Math.abs(column - 3.5) < 2;
      return channel === (middle ? 0 : 1) ? 255 : 0;
    }),
  );
  const at = async (...scales: number[]) => {
    const views = { scales };
    const options = { normalisation: RAW, views };
    const scores = await classScores(model, image, options);
    const [red = NaN] = scores.dataSync();
    scores.dispose();
    return red;
  };
  const [small, large] = [await at(4), await at(8)];
  assert(Math.abs(small - large) > 0.01);
  // Of 16 pixels of a window at offsets 0 to 4 a side 2, 3, 4, 3, 2 of 4 rows
  // and columns are red: (14 / 5)^2 / 16 = 0.49.
  assertAlmostEquals(large, softmax([0.49, 0.51, 0])[0]!, 1e-6);
  assertAlmostEquals(await at(4, 8), (small + large) / 2, 1e-6);
  image.dispose();
  model.dispose();
});

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

const COLOURED = {
  "0-red/1.png": encode("Png", plain([8, 9], 250, 10, 10)),
  "0-red/2.png": encode("Png", plain([9, 8], 10, 200, 10)), // Green in truth.
  "1-green/1.jpg": encode("Jpeg", plain([8, 8], 10, 240, 10)),
  "2-blue/1.png": encode("Png", plain([8, 12], 0, 0, 255)),
};

Deno.test("classifyFolder() counts errors and names classes", async () => {
  const model = colourModel();
  await withFiles(COLOURED, async (directory) => {
    const folder = await imageFolder(directory);
    const before = tf.memory().numTensors;
    const found = await classifyFolder(model, folder, {
      normalisation: RAW,
      views: "ten-crop",
    });
    assertEquals([found.top1Error, found.top5Error, found.images], [25, 0, 4]);
    assertEquals(
      found.classified.map(({ best }) => best[0]!.name),
      ["0-red", "1-green", "1-green", "2-blue"],
    );
    const blue = softmax([0, 0, 1])[2];
    const { best } = found.classified[3]!;
    assertAlmostEquals(best[0]!.probability, blue!, 1e-6);
    assertEquals(tf.memory().numTensors, before);
    await assertRejects(
      () =>
        classifyFolder(
          model,
          { ...folder, classes: [...folder.classes, "3-white"] },
          { normalisation: RAW },
        ),
      RangeError,
      "Expected colours to have an output for each of the 4 classes of",
    );
  });
  model.dispose();
});

Deno.test("classifyFolder() and meanImage() name a broken image, or skip it and say so", async () => {
  const model = colourModel();
  const files = { ...COLOURED, "1-green/0.jpg": Uint8Array.of(1, 2, 3) };
  await withFiles(files, async (directory) => {
    const folder = await imageFolder(directory);
    const path = join(directory, "1-green", "0.jpg");
    await assertRejects(
      () => classifyFolder(model, folder, { normalisation: RAW }),
      Error,
      path,
    );
    const found = await classifyFolder(model, folder, {
      normalisation: RAW,
      onBroken: "skip",
    });
    assertEquals(found.skipped.map((error) => error.path), [path]);
    assertEquals([found.images, found.top1Error], [4, 25]);
    const crop = { size: 4, shorterSide: 4 };
    await assertRejects(() => meanImage(folder, crop), Error, path);
    const mean = await meanImage(folder, { ...crop, onBroken: "skip" });
    assertEquals(mean.length, 48);
    // (250 + 10 + 10 + 0) / 4, (10 + 200 + 240 + 0) / 4, (10 + 10 + 10 + 255) / 4;
    // the JPEG's colour may be off by 2.
    const expected = [67.5, 112.5, 71.25];
    mean.forEach((value, i) =>
      assert(Math.abs(value - expected[i % 3]!) <= 0.5)
    );
  });
  model.dispose();
});

Deno.test("classifyFolder() throws if all images are broken, and checks the classes first", async () => {
  const model = colourModel();
  const broken = Uint8Array.of(1, 2, 3);
  const files = { "0/0.png": broken, "1/0.png": broken, "2/0.png": broken };
  const options = { normalisation: RAW, onBroken: "skip" } as const;
  await withFiles(files, async (directory) => {
    const folder = await imageFolder(directory);
    await assertRejects(
      () => classifyFolder(model, folder, options),
      Error,
      `Expected an image in ${directory} but found none`,
    );
    const few = { ...folder, classes: ["0", "1"] };
    await assertRejects(
      () => classifyFolder(model, few, options),
      RangeError,
      "to have the 3 classes of colours but found 2: give the names of all",
    );
  });
  model.dispose();
});

Deno.test("a narrow image is judged by its parts, not as a whole", async () => {
  const model = colourModel();
  const files = {
    "0/0.png": encode("Png", plain([300, 1], 200, 10, 10)),
    "1/0.png": encode("Png", plain([4, 4], 10, 200, 10)),
    "2/0.png": encode("Png", plain([4, 4], 10, 10, 200)),
  };
  await withFiles(files, async (directory) => {
    const folder = await imageFolder(directory);
    // At this side the whole of it would be of 300 million pixels.
    const crops = await classifyFolder(model, folder, {
      ...{ normalisation: RAW, views: "ten-crop", shorterSide: 1000 },
    });
    assertEquals([crops.images, crops.top1Error], [3, 0]);
    const options = { normalisation: RAW, views: { scales: [4, 1000] } };
    const path = join(directory, "0", "0.png");
    const before = tf.memory().numTensors;
    await assertRejects(
      () => classifyFolder(model, folder, options),
      BrokenImageError,
      `${path}: Expected an image of at most 4194304 pixels with a shorter side of 1000 but found 300000x1000`,
    );
    const skips = { ...options, onBroken: "skip" } as const;
    const found = await classifyFolder(model, folder, skips);
    assertEquals(found.skipped.map((error) => error.path), [path]);
    assertEquals([found.images, found.top1Error], [2, 0]);
    assertEquals(tf.memory().numTensors, before);
  });
  model.dispose();
});

Deno.test("classScores() leaves nothing when it cannot", async () => {
  const model = colourModel();
  const image = tensorOf(plain([4, 4], 1, 2, 3));
  const before = tf.memory().numTensors;
  const mean = new Float32Array(5);
  await assertRejects(() =>
    classScores(model, image, { normalisation: { ...RAW, mean } })
  );
  assertEquals(tf.memory().numTensors, before);
  image.dispose();
  model.dispose();
});
