import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { createRandom, randomFromState } from "../../lib/data/random.ts";

Deno.test("randomFromState() agrees with the reference code of xoshiro128**", () => {
  // As in the tests of Rust's rand_xoshiro, from the authors' C code.
  const random = randomFromState(Uint32Array.of(1, 2, 3, 4));
  const expected = [
    11520,
    0,
    5927040,
    70819200,
    2031721883,
    1637235492,
    1287239034,
    3734860849,
    3729100597,
    4258142804,
  ];
  assertEquals(expected.map(() => random.uint32()), expected);
});

Deno.test("createRandom() fills the state by splitmix32", () => {
  // The number that the npm package xoshiro128 documents for seed 1234.
  assertEquals(createRandom(1234).float(), 0.4488106195349246);
});

Deno.test("createRandom() gives equal seeds equal numbers, others others", () => {
  const first = (...seed: [number, ...number[]]) => {
    const random = createRandom(...seed);
    return Array.from({ length: 4 }, () => random.uint32()).join();
  };
  const seeds: [number, ...number[]][] = [
    [0],
    [1],
    [2 ** 32 - 1],
    [0, 0],
    [0, 1],
    [1, 0],
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  assertEquals(new Set(seeds.map((seed) => first(...seed))).size, seeds.length);
  for (const seed of seeds) assertEquals(first(...seed), first(...seed));
});

Deno.test("createRandom() makes neighbouring streams independent", () => {
  // The correlation of n independent uniform pairs is within 4 / sqrt(n).
  const n = 20_000;
  let product = 0;
  for (let i = 0; i < n; i++) {
    const here = createRandom(5, i).float() - 0.5;
    product += here * (createRandom(5, i + 1).float() - 0.5);
  }
  assertAlmostEquals(12 * product / n, 0, 4 / Math.sqrt(n));
});

Deno.test("createRandom() throws on seeds and streams out of range", () => {
  for (const seed of [-1, 0.5, 2 ** 32, NaN]) {
    assertThrows(
      () => createRandom(seed),
      RangeError,
      `Expected seed to be an integer from 0 to 4294967295 but found ${seed}`,
    );
    assertThrows(() => createRandom(0, seed), RangeError, "Expected stream");
  }
});

Deno.test("randomFromState() throws on a state that only makes zeros", () => {
  assertThrows(() => randomFromState(new Uint32Array(4)), RangeError);
  assertThrows(() => randomFromState(new Uint32Array(3).fill(1)), RangeError);
});

Deno.test("float() is uniform in [0, 1)", () => {
  const random = createRandom(1);
  const n = 100_000;
  const tenths = new Array(10).fill(0);
  for (let i = 0; i < n; i++) tenths[Math.floor(10 * random.float())]++;
  // Chi squared with 9 degrees of freedom is below 27.9 in 99.9% of cases.
  const chi2 = tenths.reduce((sum, k) => sum + (k - n / 10) ** 2 / (n / 10), 0);
  assertEquals(tenths.length, 10);
  assertEquals(chi2 < 27.9, true, `chi squared is ${chi2}`);
});

Deno.test("integer() favours no value, however large the bound", () => {
  // The remainder alone would give the lowest third of the values twice as often.
  const random = createRandom(2);
  const n = 30_000;
  let low = 0;
  for (let i = 0; i < n; i++) {
    if (random.integer(3 * 2 ** 30) < 2 ** 30) low++;
  }
  assertAlmostEquals(low / n, 1 / 3, 0.012);
});

Deno.test("integer() reaches every value below the bound and none above", () => {
  const random = createRandom(3);
  const seen = new Set(Array.from({ length: 500 }, () => random.integer(9)));
  assertEquals([...seen].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assertEquals(random.integer(1), 0);
});

Deno.test("integer() throws on bounds out of range", () => {
  for (const bound of [0, -1, 1.5, 2 ** 32 + 1, NaN]) {
    assertThrows(
      () => createRandom(0).integer(bound),
      RangeError,
      `Expected bound to be an integer from 1 to 4294967296 but found ${bound}`,
    );
  }
});

Deno.test("normal() has the moments of the normal distribution", () => {
  const random = createRandom(4);
  const n = 200_000;
  let mean = 0, variance = 0, fourth = 0, withinOne = 0, neighbours = 0;
  let before = 0;
  for (let i = 0; i < n; i++) {
    const x = random.normal();
    mean += x / n;
    variance += x ** 2 / n;
    fourth += x ** 4 / n;
    neighbours += x * before / n;
    if (Math.abs(x) < 1) withinOne += 1 / n;
    before = x;
  }
  assertAlmostEquals(mean, 0, 0.01);
  assertAlmostEquals(variance, 1, 0.015);
  assertAlmostEquals(fourth, 3, 0.1);
  assertAlmostEquals(withinOne, 0.6827, 0.005);
  assertAlmostEquals(neighbours, 0, 0.01);
});

Deno.test("permutation() has each number once", () => {
  const order = createRandom(5).permutation(1000);
  assertEquals(
    order.toSorted(),
    Int32Array.from({ length: 1000 }, (_, i) => i),
  );
  assertEquals(createRandom(5).permutation(0), new Int32Array(0));
});

Deno.test("permutation() finds all orders equally likely", () => {
  const random = createRandom(6);
  const counts = new Map<string, number>();
  for (let i = 0; i < 12_000; i++) {
    const order = random.permutation(3).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assertEquals(counts.size, 6);
  for (const count of counts.values()) assertAlmostEquals(count, 2000, 180);
});

Deno.test("permutation() throws on what is no count", () => {
  assertThrows(
    () => createRandom(0).permutation(-1),
    RangeError,
    "Expected n to be an integer of at least 0 but found -1",
  );
});
