import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { classifyGiven, givenImages } from "../../lib/images/given_images.ts";
import { tenCropPlaces } from "../../lib/images/judging_views.ts";
import { TORCHVISION_NORMALISATION } from "../../lib/images/network_input.ts";
import { brightness, testPicture } from "../../lib/images/test_picture.ts";
import { imageNetResNet } from "../../lib/networks/imagenet.ts";
import { build } from "../../lib/networks/model.ts";
import { saveWeights } from "../../lib/weights/save_weights.ts";
import { encode, plain, withFiles } from "./image_files.ts";

await useBackend({ name: "tensorflow", quiet: true });

const SMALL = imageNetResNet({ depth: 18, imageSize: 32, classes: 3 });
const normalisation = TORCHVISION_NORMALISATION;

Deno.test("givenImages() names what is not set", () => {
  assertEquals(givenImages({}).missing, ["IMAGENET_DIR", "IMAGENET_WEIGHTS"]);
  assertEquals(
    givenImages({
      IMAGENET_DIR: "val",
      IMAGENET_WEIGHTS: "w.safetensors",
      IMAGENET_CLASSES: "",
    }),
    { directory: "val", weights: "w.safetensors", missing: [] },
  );
});

Deno.test("classifyGiven() classifies as many images as are asked for, evenly spread", async () => {
  const image = (level: number) =>
    encode("Png", plain([40, 40], level, 255 - level, level));
  const files = Object.fromEntries(
    [0, 1, 2, 3].flatMap((i) => [
      [`images/ant/${i}.png`, image(60 * i)],
      [`images/cat/${i}.png`, image(60 * i)],
    ]),
  );
  await withFiles({
    ...files,
    "images/cat/4.png": new Uint8Array([1, 2]),
    "classes.txt": new TextEncoder().encode("ant\r\nbee\ncat\n"),
  }, async (root) => {
    const weights = join(root, "weights.safetensors");
    const model = build(SMALL, { seed: 0 });
    await saveWeights(model, weights, { naming: "torchvision" });
    model.dispose();
    const given = givenImages({
      IMAGENET_DIR: join(root, "images"),
      IMAGENET_WEIGHTS: weights,
      IMAGENET_CLASSES: join(root, "classes.txt"),
    });
    const all = await classifyGiven(SMALL, given, { normalisation });
    assertEquals([all.images, all.skipped.length], [8, 1]);
    assertEquals(all.top5Error, 0); // of three classes
    assertEquals([...new Set(all.classified.map(({ label }) => label))], [
      0,
      2,
    ]);
    const some = await classifyGiven(SMALL, given, { normalisation, most: 3 });
    assertEquals(
      some.classified.map(({ path }) =>
        path.split(/[/\\]/).slice(-2).join("/")
      ),
      ["ant/0.png", "ant/3.png", "cat/2.png"],
    );
    const { directory = "", missing } = given;
    await assertRejects(
      () =>
        classifyGiven(SMALL, { directory, missing: ["IMAGENET_WEIGHTS"] }, {
          normalisation,
        }),
      Error,
      "Expected IMAGENET_WEIGHTS but found none",
    );
    assertEquals(missing, []);
  });
});

Deno.test("testPicture() has four corners of their own, and a middle", () => {
  const { bytes } = testPicture(30, 40);
  const at = (row: number, column: number) =>
    [...bytes.slice(3 * (40 * row + column), 3 * (40 * row + column) + 3)]
      .join();
  const corners = [at(0, 0), at(0, 39), at(29, 0), at(29, 39)];
  assertEquals(new Set(corners).size, 4);
  assertEquals(at(13, 10), "250,200,90"); // on the disc, beside the stripe
});

Deno.test("brightness() averages over cells", () => {
  const picture = {
    height: 2,
    width: 4,
    bytes: Uint8Array.from(
      [0, 100, 200, 200, 100, 100, 200, 200].flatMap((v) => [v, v, v]),
    ),
  };
  assertEquals(brightness(picture, 1), [[75, 200]]);
  assertEquals(brightness(picture, 2), [[0, 100, 200, 200], [
    ...[100, 100, 200, 200],
  ]]);
});

Deno.test("tenCropPlaces() lies in the corners of what is resized", () => {
  const { resized, boxes } = tenCropPlaces([300, 200], {
    size: 64,
    shorterSide: 80,
  });
  assertEquals(resized, [120, 80]);
  assertEquals(boxes.map(({ top, left }) => `${top},${left}`), [
    "0,0",
    "0,16",
    "56,0",
    "56,16",
    "28,8",
  ]);
});
