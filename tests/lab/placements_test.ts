import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import {
  measurePlacements,
  signalsByDepth,
} from "../../lib/lab/measure_placements.ts";
import { measureBody, unitOfSteps } from "../../lib/lab/own_placement.ts";
import { placementNetworks, PLACEMENTS } from "../../lib/lab/placements.ts";
import { layers } from "../../lib/networks/layers.ts";
import { outputShape } from "../../lib/networks/shape.ts";

await useBackend({ quiet: true });

const images = tf.randomNormal<tf.Rank.R4>([4, 32, 32, 3], 0, 1, "float32", 1);
const labels = tf.tensor1d([0, 1, 2, 3], "int32");

Deno.test("PLACEMENTS are R16 Table 2's, each with its own network", () => {
  assertEquals(
    PLACEMENTS.map(({ name, paper }) => [name, paper.resNet164]),
    [
      ["(a) original", 5.93],
      ["(b) BN after addition", 6.5],
      ["(c) ReLU before addition", 6.14],
      ["(d) ReLU-only pre-activation", 5.91],
      ["(e) full pre-activation", 5.46],
    ],
  );
  // The last layers of the second unit, and what stands after the last one.
  const networks = placementNetworks(14, 1);
  const kinds = networks.map((network) => {
    const names = layers(network).map(({ name }) => name);
    const unit = names.filter((name) => name.startsWith("stage1/unit2/"));
    const last = names.findLastIndex((name) => name.startsWith("stage3/"));
    return [...unit, ...names.slice(last + 1)]
      .map((name) => name.replace("stage1/unit2/", "")).join(" ");
  });
  assertEquals(kinds, [
    "conv1 norm1 relu1 conv2 norm2 relu2 pool classifier",
    "conv1 norm1 relu1 conv2 norm2 relu2 pool classifier",
    "conv1 norm1 relu1 conv2 norm2 relu2 pool classifier",
    "relu1 conv1 norm1 relu2 conv2 norm2 closingRelu pool classifier",
    "norm1 relu1 conv1 norm2 relu2 conv2 closingNorm closingRelu pool classifier",
  ]);
  assertEquals(networks[0]?.input, [32, 32, 1]);
});

Deno.test("measurePlacements() finds what R16 section 4 says of each", async () => {
  const before = tf.memory().numTensors;
  const found = await measurePlacements(14, images);
  assertEquals(tf.memory().numTensors, before);
  assertEquals(
    found.map(({ placement }) => placement),
    PLACEMENTS.map(({ name }) => name),
  );
  assertEquals(found.map(({ off }) => off < 1e-4), [
    ...[false, false, true, true, true],
  ]);
  assertEquals(
    found.map(({ points }) => points.every((one) => one.bodyBelowZero === 0)),
    [false, false, true, false, false],
  );
  // What the second unit's first convolution reads: a sum, or what is normalised.
  const second = found.map(({ inputs }) =>
    inputs.find(({ path }) => path === "stage1/unit2/conv1")!.size
  );
  const normalised = Math.SQRT1_2; // of max(z, 0), z normal
  assertEquals(second.map((size) => Math.abs(size - normalised) < 0.1), [
    ...[false, true, false, false, true],
  ]);
});

Deno.test("signalsByDepth() has the depths and letters asked for", async () => {
  const found = await signalsByDepth([8, 14], "be", { images, labels });
  assertEquals(
    found.map(({ depth, placement }) => `${depth} ${placement.slice(0, 3)}`),
    ["8 (b)", "8 (e)", "14 (b)", "14 (e)"],
  );
  assertEquals(found.map(({ units }) => units.length), [3, 3, 6, 6]);
  for (const { ratio, units } of found) {
    assertEquals(ratio, units[0]!.gradient / units.at(-1)!.gradient);
  }
  await assertRejects(
    () => signalsByDepth([9], "a", { images, labels }),
    RangeError,
    "6n + 2",
  );
});

Deno.test("unitOfSteps() is a body beside the identity, and keeps shape", () => {
  const unit = unitOfSteps("unit", ["conv", "BN", "conv", "ReLU"]);
  assert(unit.kind === "residual");
  assertEquals(unit.shortcut, []);
  assertEquals(unit.body.map(({ name }) => name), [
    ...["conv1", "norm1", "conv2", "relu1"],
  ]);
  assertEquals(outputShape(unit, [8, 8, 8]), [8, 8, 8]);
});

Deno.test("measureBody() tells growing inputs and one-sided bodies", async () => {
  const before = tf.memory().numTensors;
  const full = await measureBody(["BN", "ReLU", "conv", "BN", "ReLU", "conv"]);
  assertEquals(tf.memory().numTensors, before);
  assert(Math.abs(full.growth - 1) < 0.1);
  assert(Math.abs(full.belowZero - 0.5) < 0.1);
  const oneSided = await measureBody(["conv", "BN", "ReLU"]);
  assertEquals(oneSided.belowZero, 0);
  // Variances add: after 7 units that add 1 to 1 the size is sqrt(8).
  const original = await measureBody(["conv", "BN"]);
  assert(Math.abs(original.growth - Math.sqrt(8)) < 0.3);
});
