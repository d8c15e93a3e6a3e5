import { assert, assertEquals, assertRejects } from "@std/assert";
import { registerTensorFlow } from "../../lib/backends/tensorflow/backend.ts";
import { TensorFlowError } from "../../lib/backends/tensorflow/library.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import {
  BrokenImageError,
  decodeImage,
} from "../../lib/images/decode_image.ts";
import { partOf, trainingViews } from "../../lib/images/training_views.ts";
import { resample, resizedTo } from "../../lib/images/resample.ts";
import { encode, pixels, plain, tensorOf } from "./image_files.ts";

await useBackend({ name: "tensorflow", quiet: true });

Deno.test("decodeImage() gives a PNG's pixels, whatever the file's name says", async () => {
  const image = pixels(
    [3, 4],
    (row, column, channel) => 50 * row + 10 * column + channel,
  );
  const decoded = await decodeImage(encode("Png", image), "picture.jpg");
  assertEquals(decoded.shape, [3, 4, 3]);
  assertEquals(Uint8Array.from(decoded.dataSync()), image.bytes);
  decoded.dispose();
});

Deno.test("decodeImage() gives a JPEG's colour", async () => {
  const file = encode("Jpeg", plain([20, 30], 200, 100, 50));
  const decoded = await decodeImage(file, "plain.jpg");
  assertEquals(decoded.shape, [20, 30, 3]);
  decoded.dataSync().forEach((value, i) =>
    assert(Math.abs(value - [200, 100, 50][i % 3]!) <= 2)
  );
  decoded.dispose();
});

Deno.test("decodeImage() names a file that is no image, or is cut", async () => {
  const jpeg = encode("Jpeg", pixels([64, 64], (row, column) => row ^ column));
  const png = encode("Png", pixels([64, 64], (row, column) => row ^ column));
  for (
    const bytes of [
      new TextEncoder().encode("<html>not found</html>"),
      jpeg.slice(0, jpeg.length / 2),
      png.slice(0, png.length / 2),
    ]
  ) {
    const error = await assertRejects(
      () => decodeImage(bytes, "class/broken.jpg"),
      BrokenImageError,
      "Expected an image that can be decoded at class/broken.jpg: ",
    );
    assertEquals(error.path, "class/broken.jpg");
  }
});

Deno.test("the event loop goes on while an image is decoded and resized", async () => {
  const bytes = encode("Png", pixels([1500, 1500], (r, c, k) => r * c + k));
  let ticks = 0;
  const during = async <T>(work: Promise<T>) => {
    ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    try {
      return await work;
    } finally {
      clearInterval(timer);
    }
  };
  const image = await during(decodeImage(bytes, "large.png"));
  assert(ticks > 2, `${ticks} ticks`);
  const size = [1000, 1000] as const;
  const part = { resized: size, top: 0, left: 0, size };
  const resized = await during(resample(image, part));
  assert(ticks > 2, `${ticks} ticks`);
  image.dispose();
  resized.dispose();
});

Deno.test("images are decoded by TensorFlow only, and others say so", async () => {
  const file = encode("Png", plain([2, 2], 1, 2, 3));
  await useBackend({ name: "wasm", quiet: true });
  await assertRejects(
    () => decodeImage(file, "a.png"),
    Error,
    'Expected the backend "tensorflow", which decodes images, but found "wasm": run `deno task setup`',
  );
  await useBackend({ name: "tensorflow", quiet: true });
});

/** The image that PyTorch resized below. */
const IMAGE = pixels(
  [5, 7],
  (r, c, k) => (37 * r * r + 91 * c + 53 * k * (r + c)) % 256,
);

Deno.test("resample() shrinks as PyTorch does with antialiasing", async () => {
  const image = tensorOf(IMAGE);
  const size = [3, 4] as const;
  const part = { resized: size, top: 0, left: 0, size };
  const resized = await resample(image, part);
  // floor(interpolate(x, (3, 4), mode="bilinear", antialias=True) + 0.5)
  // deno-fmt-ignore
  assertEquals([...resized.dataSync()], [
    64, 102, 100, 133, 103, 116, 117, 110, 115, 124, 134, 134, 146, 182, 96,
    122, 93, 143, 94, 111, 145, 124, 133, 53, 114, 133, 170, 63, 107, 109, 128,
    136, 109, 77, 154, 127,
  ]);
  assertEquals(resized.shape, [1, 3, 4, 3]);
  image.dispose();
  resized.dispose();
});

Deno.test("resample() enlarges as PyTorch does, and gives the part asked for", async () => {
  const image = tensorOf(IMAGE);
  const part = { resized: [7, 9], top: 2, left: 3, size: [3, 3] } as const;
  const resized = await resample(image, part);
  // Rows 2 to 4 and columns 3 to 5 of interpolate(x, (7, 9), antialias=True).
  // deno-fmt-ignore
  assertEquals([...resized.dataSync()], [
    157, 87, 115, 86, 57, 211, 100, 112, 165, 94, 62, 229, 165, 174, 183, 37,
    87, 137, 44, 49, 112, 114, 161, 208, 128, 74, 162,
  ]);
  image.dispose();
  resized.dispose();
});

Deno.test("resizedTo() cuts the longer side as torchvision does", () => {
  assertEquals(resizedTo([333, 500], 256), [256, 384]);
  assertEquals(resizedTo([500, 333], 256), [384, 256]);
  assertEquals(resizedTo([10, 10], 7), [7, 7]);
});

Deno.test("trainingViews() draws shorter sides from 256 to 480, and flips half", () => {
  const views = trainingViews({ count: 4000, batchSize: 4000, seed: 1 });
  const drawn = views.next().value;
  const sides = drawn.map(({ shorterSide }) => shorterSide);
  assertEquals([Math.min(...sides), Math.max(...sides)], [256, 480]);
  const mean = (values: number[]) =>
    values.reduce((a, b) => a + b) / values.length;
  // Standard errors: 65 / sqrt(4000) = 1, 0.5 / sqrt(4000) = 0.008.
  assert(Math.abs(mean(sides) - 368) < 5);
  assert(Math.abs(mean(drawn.map(({ flip }) => flip)) - 0.5) < 0.04);
  const colours = drawn.flatMap(({ colour }) => colour);
  assert(Math.abs(mean(colours.map((x) => x * x)) - 0.01) < 0.001);
});

Deno.test("trainingViews() goes on at a step as if it had drawn those before", () => {
  const options = { count: 10, batchSize: 4, seed: 3 };
  const all = trainingViews(options);
  const steps = Array.from({ length: 6 }, () => all.next().value);
  assertEquals(trainingViews({ ...options, step: 5 }).next().value, steps[5]);
  // 10 images in batches of 4: two epochs in five steps.
  const images = steps.slice(0, 5).flat().map(({ index }) => index);
  const sorted = (part: number[]) => part.toSorted((a, b) => a - b);
  assertEquals(sorted(images.slice(0, 10)), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assertEquals(sorted(images.slice(10)), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

Deno.test("partOf() reaches every place of a crop and none beyond", () => {
  const at = (place: number) =>
    partOf({ shorterSide: 256, place: [place, place] }, [300, 400], 224);
  // 300x400 becomes 256x341: 33 rows and 118 columns to begin at.
  assertEquals(at(0), {
    resized: [256, 341],
    top: 0,
    left: 0,
    size: [224, 224],
  });
  assertEquals(at(1 - 2 ** -32).top, 32);
  assertEquals(at(1 - 2 ** -32).left, 117);
  const small = partOf({ shorterSide: 20, place: [0, 0] }, [10, 10], 32);
  assertEquals(small.resized, [32, 32]);
});

Deno.test("decodeImage() does not blame an image for a want of memory", async () => {
  const { engine } = await registerTensorFlow();
  const { runNonblocking } = engine;
  const short = new TensorFlowError("DecodeImage", 8, "out of memory");
  engine.runNonblocking = () => Promise.reject(short);
  try {
    const file = encode("Png", plain([2, 2], 1, 2, 3));
    const error = await assertRejects(() => decodeImage(file, "good.png"));
    assert(error === short, `${error}`);
  } finally {
    engine.runNonblocking = runNonblocking;
  }
});
