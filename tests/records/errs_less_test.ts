import { assertEquals, assertThrows } from "@std/assert";
import { errsLess } from "../../lib/records/errs_less.ts";

Deno.test("errsLess() tells from two standard errors on", () => {
  // 2 * 2 * sqrt(1 + 1) = 5.66 points of one run each.
  assertEquals(errsLess([30], [35.6], null), "cannot tell");
  assertEquals(errsLess([30], [35.7], null), true);
  assertEquals(errsLess([35.7], [30], null), false);
});

Deno.test("errsLess() tells more with more seeds, and with seeds that differ less", () => {
  const four = [28, 30, 30, 32];
  const twelve = (mean: number) =>
    Array.from({ length: 12 }, (_, i) => mean + (i % 2 ? 1 : -1));
  // 2 * 2 * sqrt(1/4 + 1/12) = 2.31.
  assertEquals(errsLess(four, twelve(32.3), 2), "cannot tell");
  assertEquals(errsLess(four, twelve(32.32), 2), true);
  assertEquals(errsLess([6.37], [6.61], 0.1), "cannot tell");
  assertEquals(errsLess([6.37], [6.61], 0.08), true);
});

Deno.test("errsLess() refuses networks without runs", () => {
  assertThrows(() => errsLess([], [30], 1), RangeError, "found none");
  assertThrows(() => errsLess([30], [], 1), RangeError, "found none");
});
