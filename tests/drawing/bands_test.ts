import { assertEquals } from "@std/assert";
import { bandsOf, runsOf } from "../../lib/drawing/bands.ts";

/** A column of words, each of its own length's size. */
function column(...words: string[]) {
  return runsOf(words, (word) => String(word.length));
}

Deno.test("runsOf() joins neighbours of one size", () => {
  assertEquals(column("aaa", "bbb", "c", "ddd"), [
    { size: "3", items: ["aaa", "bbb"] },
    { size: "1", items: ["c"] },
    { size: "3", items: ["ddd"] },
  ]);
});

Deno.test("bandsOf() goes from the largest size to the smallest", () => {
  assertEquals(bandsOf([column("aaa", "bb"), column("cccc", "dd", "e")]), [
    { size: "4", columns: [[], ["cccc"]] },
    { size: "3", columns: [["aaa"], []] },
    { size: "2", columns: [["bb"], ["dd"]] },
    { size: "1", columns: [[], ["e"]] },
  ]);
});

Deno.test("bandsOf() keeps a column's order where sizes grow again", () => {
  assertEquals(bandsOf([column("a", "bb", "c"), column("dd", "e")]), [
    { size: "2", columns: [[], ["dd"]] },
    { size: "1", columns: [["a"], ["e"]] },
    { size: "2", columns: [["bb"], []] },
    { size: "1", columns: [["c"], []] },
  ]);
  assertEquals(bandsOf([]), []);
});
