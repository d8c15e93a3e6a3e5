import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import {
  directionBetween,
  randomDirection,
} from "../../lib/measurements/directions.ts";
import { lossLine, lossPlane } from "../../lib/measurements/landscape.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { dense, flatten } from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertAllClose, modelOf } from "./by_hand.ts";

/** Two logits, `u * x` and `v * x`, of one value. */
function linear(u: number, v: number) {
  return modelOf([1, 1, 1], [flatten("flatten"), dense("dense", 2)], {
    "dense/kernel": [u, v],
  });
}

const loss = (a: number, b: number) => Math.log(1 + Math.exp(b - a));

testOnEachBackend(
  "lossLine() and lossPlane() are the losses by hand",
  async () => {
    const model = linear(1, 2);
    const images = tf.tensor4d([3], [1, 1, 1, 1]);
    const batch = { images, labels: tf.tensor1d([0], "int32") };
    const u = new Map([["dense/kernel", Float32Array.of(1, 0)]]);
    const v = new Map([["dense/kernel", Float32Array.of(0, 1)]]);
    const before = tf.memory().numTensors;
    const positions = [-1, 0, 0.5, 2];
    const line = await lossLine(model, batch, u, positions);
    assertAllClose(line.loss, positions.map((a) => loss(3 + 3 * a, 6)));
    assertEquals(line.error, [100, 100, 100, 0]);
    const seen: number[] = [];
    const plane = await lossPlane(model, batch, [u, v], [0, 1], [0, -1, -2], {
      onProgress: (done) => void seen.push(done),
      stopRequested: () => seen.length === 5,
    });
    assertEquals(seen, [1, 2, 3, 4, 5]);
    assertAllClose(plane.loss.flat().slice(0, 5), [
      ...[loss(3, 6), loss(6, 6)],
      ...[loss(3, 3), loss(6, 3)],
      loss(3, 0),
    ]);
    assertEquals(plane.loss.map((row) => row.length), [2, 2, 2]);
    assert(Number.isNaN(plane.loss[2]![1]));
    assertEquals(tf.memory().numTensors, before);
    assertEquals([...(await model.values()).get("dense/kernel")!], [1, 2]);
    model.dispose();
  },
);

testOnEachBackend(
  "directionBetween() leads from one network to another",
  async () => {
    const [from, to] = [linear(1, 2), linear(4, -2)];
    const batch = {
      images: tf.tensor4d([1], [1, 1, 1, 1]),
      labels: tf.tensor1d([0], "int32"),
    };
    const direction = directionBetween(await from.values(), await to.values());
    const line = await lossLine(from, batch, direction, [0, 0.5, 1]);
    assertAllClose(line.loss, [loss(1, 2), loss(2.5, 0), loss(4, -2)]);
    from.dispose();
    to.dispose();
  },
);

Deno.test("directionBetween() names what is missing", () => {
  assertThrows(
    () => directionBetween(new Map([["a", Float32Array.of(1)]]), new Map()),
    Error,
    "Expected 1 values for a but found none",
  );
});

Deno.test("randomDirection() has each filter's norm, and leaves out BN", async () => {
  await useBackend({ name: "tensorflow", quiet: true });
  const model = build(cifarResNet({ depth: 8 }), { seed: 1 });
  const direction = await randomDirection(model, { seed: 5 });
  const kernels = model.specs.filter(({ role }) => role === "kernel");
  assertEquals([...direction.keys()], kernels.map(({ name }) => name));
  for (const { name, shape } of kernels) {
    const norms = (values: Float32Array) =>
      tf.tidy(() => {
        const rows = tf.reshape(tf.tensor(values), [-1, shape.at(-1)!]);
        return [...tf.sqrt(tf.sum(tf.square(rows), 0)).dataSync()];
      });
    const weights = (await model.values()).get(name)!;
    assertAllClose(norms(direction.get(name)!), norms(weights), 1e-4);
  }
  const kernel = (of: typeof direction) => of.get("conv/kernel")!;
  const again = await randomDirection(model, { seed: 5 });
  assertEquals(kernel(again), kernel(direction));
  const other = await randomDirection(model, { seed: 6 });
  const product = kernel(other).reduce(
    (sum, value, i) => sum + value * kernel(direction)[i]!,
    0,
  );
  const square = kernel(other).reduce((sum, value) => sum + value ** 2, 0);
  assert(Math.abs(product / square) < 0.25);
  const all = await randomDirection(model, { seed: 5, on: "all" });
  assertAllClose([...all.get("norm/scale")!].map(Math.abs), Array(16).fill(1));
  model.dispose();
});

testOnEachBackend(
  "lossLine() leaves nothing at a direction of another network",
  async () => {
    const model = linear(1, 2);
    const images = tf.tensor4d([3], [1, 1, 1, 1]);
    const batch = { images, labels: tf.tensor1d([0], "int32") };
    const values = Float32Array.of(1, 0);
    const wrong = new Map([["dense/kernel", values], ["other", values]]);
    const before = tf.memory().numTensors;
    await assertRejects(() => lossLine(model, batch, wrong, [0]));
    assertEquals(tf.memory().numTensors, before);
    model.dispose();
  },
);
