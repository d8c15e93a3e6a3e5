import { assertEquals } from "@std/assert";
import { errsLess } from "../../lib/records/errs_less.ts";

Deno.test("errsLess() tells from two standard errors on", () => {
  // 2 * 2 * sqrt(1 + 1) = 5.66 points of one run each.
  assertEquals(errsLess({ error: 30 }, { error: 35.6 }), "cannot tell");
  assertEquals(errsLess({ error: 30 }, { error: 35.7 }), true);
  assertEquals(errsLess({ error: 35.7 }, { error: 30 }), false);
});

Deno.test("errsLess() tells more with more seeds, and with seeds that differ less", () => {
  const [four, twelve] = [4, 12].map((runs) => ({ error: 30, runs }));
  // 4 * sqrt(1/4 + 1/12) = 2.31.
  assertEquals(errsLess(four!, { ...twelve!, error: 32.3 }), "cannot tell");
  assertEquals(errsLess(four!, { ...twelve!, error: 32.32 }), true);
  assertEquals(errsLess({ error: 6.37 }, { error: 6.61 }, 0.1), "cannot tell");
  assertEquals(errsLess({ error: 6.37 }, { error: 6.61 }, 0.08), true);
});
