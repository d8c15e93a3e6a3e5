import {
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import { augmentationDraws } from "../../lib/data/batches.ts";

/** The indices of the first `steps` draws, end to end. */
function drawIndices(
  options: { count: number; batchSize: number; seed: number },
  steps: number,
): number[] {
  const draws = augmentationDraws(options);
  return Array.from({ length: steps }, () => [...draws.next().indices]).flat();
}

for (
  const { count, batchSize } of [
    { count: 60, batchSize: 20 },
    { count: 50, batchSize: 8 },
    { count: 5, batchSize: 12 },
  ]
) {
  Deno.test(`augmentationDraws() shows each of ${count} images once an epoch in batches of ${batchSize}`, () => {
    const epochs = 6;
    const steps = Math.ceil(epochs * count / batchSize);
    const indices = drawIndices({ count, batchSize, seed: 3 }, steps);
    assertEquals(indices.length, steps * batchSize);
    const all = Array.from({ length: count }, (_, i) => i);
    for (let epoch = 0; epoch < epochs; epoch++) {
      const shown = indices.slice(epoch * count, (epoch + 1) * count);
      assertEquals(shown.sort((a, b) => a - b), all);
    }
  });
}

Deno.test("augmentationDraws() takes a new order each epoch", () => {
  const indices = drawIndices({ count: 40, batchSize: 40, seed: 0 }, 2);
  assertNotEquals(indices.slice(0, 40), indices.slice(40));
});

Deno.test("augmentationDraws() repeats a seed and differs between seeds", () => {
  const options = { count: 100, batchSize: 16 };
  const take = (seed: number) => augmentationDraws({ ...options, seed }).next();
  assertEquals(take(1), take(1));
  assertNotEquals(take(1).indices, take(2).indices);
  assertNotEquals(take(1).offsets, take(2).offsets);
});

Deno.test("augmentationDraws() goes on at a step as if it had drawn those before", () => {
  const options = { count: 50, batchSize: 16, seed: 9 };
  const whole = augmentationDraws(options);
  const expected = Array.from({ length: 12 }, () => whole.next()).slice(7);

  const resumed = augmentationDraws({ ...options, step: 7 });
  for (const draw of expected) assertEquals(resumed.next(), draw);
});

Deno.test("augmentationDraws() crops anywhere in the padded image and flips half", () => {
  const draws = augmentationDraws({
    count: 10_000,
    batchSize: 10_000,
    seed: 1,
  });
  const { offsets, flips } = draws.next();
  assertEquals(offsets.length, 20_000);
  const corners = new Map<string, number>();
  for (let i = 0; i < 10_000; i++) {
    const corner = `${offsets[2 * i]},${offsets[2 * i + 1]}`;
    corners.set(corner, (corners.get(corner) ?? 0) + 1);
  }
  // 9 rows times 9 columns, each about 10000 / 81 times, +- 5 deviations.
  assertEquals(corners.size, 81);
  for (const count of corners.values()) assertAlmostEquals(count, 123.5, 56);
  assertEquals(Math.min(...offsets), 0);
  assertEquals(Math.max(...offsets), 8);

  assertEquals(new Set(flips), new Set([0, 1]));
  assertAlmostEquals(flips.reduce((sum, flip) => sum + flip), 5000, 250);
});

Deno.test("augmentationDraws() without padding does not crop", () => {
  const draws = augmentationDraws({
    count: 8,
    batchSize: 8,
    seed: 0,
    padding: 0,
  });
  assertEquals(draws.next().offsets, new Int32Array(16));
});

Deno.test("augmentationDraws() can be iterated without end", () => {
  const draws = augmentationDraws({ count: 3, batchSize: 2, seed: 0 });
  let steps = 0;
  for (const { indices } of draws) {
    assertEquals(indices.length, 2);
    if (++steps === 10) break;
  }
  assertEquals(draws.step, 10);
});

Deno.test("augmentationDraws() throws on options out of range", () => {
  const good = { count: 10, batchSize: 2, seed: 0 };
  assertThrows(
    () => augmentationDraws({ ...good, batchSize: 0 }),
    RangeError,
    "Expected batchSize to be an integer of at least 1 but found 0",
  );
  for (
    const bad of [{ count: 0 }, { seed: -1 }, { padding: -1 }, { step: 0.5 }]
  ) {
    assertThrows(() => augmentationDraws({ ...good, ...bad }), RangeError);
  }
});
