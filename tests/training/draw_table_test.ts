import { assertEquals, assertThrows } from "@std/assert";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { augmentationDraws } from "../../lib/data/batches.ts";
import { DrawTable } from "../../lib/training/draw_table.ts";

await useBackend({ name: "tensorflow", quiet: true });

/** The rows of one step, read from the backend. */
function rowsOf(draws: DrawTable, batchSize: number): number[][] {
  const { table, first } = draws.next();
  const values = Array.from(table.dataSync());
  return Array.from(
    { length: batchSize },
    (_, i) => values.slice(4 * (first + i), 4 * (first + i + 1)),
  );
}

Deno.test("DrawTable has the draws of augmentationDraws(), table after table", () => {
  const options = { count: 10, batchSize: 4, seed: 5, step: 3 };
  const draws = new DrawTable(options, 2);
  const expected = augmentationDraws(options);
  for (let step = 3; step < 10; step++) {
    assertEquals(draws.step, step);
    const { indices, offsets, flips } = expected.next();
    assertEquals(
      rowsOf(draws, 4),
      Array.from(
        indices,
        (index, i) => [index, offsets[2 * i]!, offsets[2 * i + 1]!, flips[i]!],
      ),
    );
  }
  draws.dispose();
});

Deno.test("DrawTable shows each image once an epoch, also in the batch that two epochs share", () => {
  // 10 images in batches of 4: the third batch has the last two of an epoch
  // and the first two of the next.
  const draws = new DrawTable({ count: 10, batchSize: 4, seed: 0 });
  const images = Array.from({ length: 5 }, () => rowsOf(draws, 4)).flat()
    .map(([image]) => image!);
  const all = Array.from({ length: 10 }, (_, i) => i);
  const [first, second] = [images.slice(0, 10), images.slice(10)];
  assertEquals(first.toSorted((a, b) => a - b), all);
  assertEquals(second.toSorted((a, b) => a - b), all);
  assertEquals(first.join() === second.join(), false);
  draws.dispose();
});

Deno.test("DrawTable throws on more images than float32 can count", () => {
  assertThrows(
    () => new DrawTable({ count: 2 ** 24 + 1, batchSize: 4, seed: 0 }),
    RangeError,
    "Expected count to be at most 16777216 but found 16777217",
  );
});
