import { assertEquals, assertThrows } from "@std/assert";
import { check } from "../../lib/notebook/check.ts";
import { printed } from "./printed.ts";

Deno.test("check() prints a statement that holds", () => {
  assertEquals(
    printed(() => {
      check("outputs are equal", true, "difference 0");
      check("it trains", true);
    }),
    ["✓ outputs are equal (difference 0)", "✓ it trains"],
  );
});

Deno.test("check() throws on a statement that does not hold", () => {
  const lines = printed(() =>
    assertThrows(
      () => check("outputs are equal", false, "difference 0.1"),
      Error,
      "Expected that outputs are equal but found difference 0.1",
    )
  );
  assertEquals(lines, []);
});

Deno.test("check() narrows types for the code below it", () => {
  const found: number | undefined = [1, 2].find((value) => value === 2);
  printed(() => {
    check("there is a two", found !== undefined);
    assertEquals(found + 1, 3);
  });
});
