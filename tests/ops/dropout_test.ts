import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../lib/backends/jit.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { dropout } from "../../lib/ops/dropout.ts";

await useBackend({ name: "tensorflow", quiet: true });

const COUNT = 40_000;

function seedOf(first: number, second: number): tf.Tensor1D {
  return tf.tensor1d([first, second], "int32");
}

/** What dropout makes of ones. */
function drawn(rate: number, seed: tf.Tensor1D, stream = 0): Float32Array {
  return tf.tidy(() =>
    dropout(tf.ones([COUNT]), rate, seed, stream).dataSync() as Float32Array
  );
}

Deno.test("dropout() drops a part and keeps the mean", () => {
  for (const rate of [0.1, 0.5, 0.9]) {
    const values = drawn(rate, seedOf(1, 2));
    const kept = values.filter((value) => value !== 0);
    // Five standard errors of the kept part.
    const error = 5 * Math.sqrt(rate * (1 - rate) / COUNT);
    assertAlmostEquals(kept.length / COUNT, 1 - rate, error);
    assert(kept.every((value) => value === kept[0]));
    assertAlmostEquals(kept[0]!, 1 / (1 - rate), 1e-6);
    const mean = values.reduce((a, b) => a + b) / COUNT;
    assertAlmostEquals(mean, 1, error / (1 - rate));
  }
  assertEquals(drawn(0, seedOf(1, 2)), new Float32Array(COUNT).fill(1));
});

Deno.test("dropout() draws other numbers for each seed and stream", () => {
  const draws = [
    drawn(0.5, seedOf(1, 2)),
    drawn(0.5, seedOf(2, 2)),
    drawn(0.5, seedOf(1, 3)),
    drawn(0.5, seedOf(1, 2), 1),
    drawn(0.5, seedOf(1, 2), 0xffffffff),
  ];
  assertEquals(drawn(0.5, seedOf(1, 2)), draws[0]);
  for (const [i, one] of draws.entries()) {
    for (const other of draws.slice(0, i)) {
      const same = one.filter((value, k) => value === other[k]).length;
      assertAlmostEquals(same / COUNT, 0.5, 5 * 0.5 / Math.sqrt(COUNT));
    }
  }
});

Deno.test("dropout() traced drops what it drops op by op, by the seed of each call", async () => {
  const x = tf.randomNormal([7, 5, 3], 0, 1, "float32", 4);
  const seeds = [seedOf(1, 2), seedOf(-3, 4)];
  const run = jit((seed: tf.Tensor1D) => {
    const f = (x: tf.Tensor) => dropout(x, 0.3, seed, 9);
    return [f(x), tf.grad(f)(x)];
  }, { xla: false });
  const seen: Float32Array[] = [];
  for (const seed of seeds) {
    const traced = await run(seed);
    const values = dropout(x, 0.3, seed, 9).dataSync();
    assertEquals(traced[0]!.dataSync(), values);
    // The gradient is dropped where the value is.
    const slopes = traced[1]!.dataSync();
    assert(values.every((value, i) => (value === 0) === (slopes[i] === 0)));
    seen.push(values as Float32Array);
  }
  assertEquals(run.traces, 1);
  assert(seen[0]!.some((value, i) => value !== seen[1]![i]));
  run.dispose();
});

Deno.test("dropout() drops by seed and stream on other backends too", async () => {
  await tf.setBackend("cpu");
  try {
    const values = drawn(0.25, seedOf(1, 2));
    const kept = values.filter((value) => value !== 0).length / COUNT;
    assertAlmostEquals(kept, 0.75, 5 * Math.sqrt(0.1875 / COUNT));
    assertEquals(drawn(0.25, seedOf(1, 2)), values);
    for (
      const other of [drawn(0.25, seedOf(2, 2)), drawn(0.25, seedOf(1, 2), 1)]
    ) {
      const same = values.filter((value, i) => value === other[i]).length;
      assertAlmostEquals(same / COUNT, 0.625, 5 * 0.5 / Math.sqrt(COUNT));
    }
  } finally {
    await tf.setBackend("tensorflow");
  }
});
