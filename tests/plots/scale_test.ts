import { assertAlmostEquals, assertEquals } from "@std/assert";
import { scaleOf } from "../../lib/plots/scale.ts";
import { linearTicks, logTicks } from "../../lib/plots/ticks.ts";

Deno.test("linearTicks() are round and within the range", () => {
  assertEquals(linearTicks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assertEquals(linearTicks(-3, 64_000, 3), [0, 50_000]);
  assertEquals(linearTicks(0.11, 0.13, 2), [0.11, 0.12, 0.13]);
});

Deno.test("logTicks() are the powers of ten within the range", () => {
  assertEquals(logTicks(1e-7, 2e-4), [1e-7, 1e-6, 1e-5, 1e-4]);
  assertEquals(logTicks(2, 9), []);
});

Deno.test("scaleOf() finds the range of the values, down to zero if asked", () => {
  const free = scaleOf({}, [20, 40], [0, 110]);
  assertAlmostEquals(free.toPixel(20), 5, 1e-9);
  assertAlmostEquals(free.toPixel(40), 105, 1e-9);
  const zero = scaleOf({ rangemode: "tozero" }, [20, 40], [0, 105]);
  assertEquals(zero.toPixel(0), 0);
  assertAlmostEquals(zero.toPixel(40), 100, 1e-9);
});

Deno.test("scaleOf() maps a power of ten to the same way on a log axis", () => {
  const scale = scaleOf({ type: "log", range: [-2, 2] }, [], [400, 0]);
  assertAlmostEquals(scale.toPixel(0.01), 400, 1e-9);
  assertAlmostEquals(scale.toPixel(1), 200, 1e-9);
  assertAlmostEquals(scale.toPixel(10), 100, 1e-9);
});

Deno.test("scaleOf() has a range without values, and with equal ones", () => {
  assertEquals(Number.isFinite(scaleOf({}, [], [0, 100]).toPixel(0.5)), true);
  assertEquals(scaleOf({}, [3, 3], [0, 100]).toPixel(3), 50);
});
