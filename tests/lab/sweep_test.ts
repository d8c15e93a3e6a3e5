import { assertEquals, assertThrows } from "@std/assert";
import { parseShard, parseSweep, shardOf } from "../../lib/lab/sweep.ts";

Deno.test("parseSweep() names the entry and the field that is wrong", () => {
  const wrong: [unknown, string][] = [
    [{ network: "resnt-20" }, "network: Expected a network"],
    [{ network: "resnet-20", recipe: "cifr" }, "recipe: Expected a recipe"],
    [{ network: "resnet-20", data: "cifra10" }, "data: Expected name to be"],
    [{ network: "resnet-20", data: "folder:" }, "data: Expected name to be"],
    [
      { network: "resnet-20", preset: "fast" },
      'preset: expected one of "smoke", "study", "paper" but found "fast"',
    ],
    [{ network: "resnet-20", steps: 0.5 }, "steps: Invalid input"],
    [{ network: "resnet-20", seed: -1 }, "seed: Too small"],
    [{ network: "resnet-20", step: 3 }, 'Unrecognized key: "step"'],
    [{ seed: 1 }, "network: Invalid input"],
    ["resnet-20", "the whole: Invalid input"],
  ];
  for (const [entry, message] of wrong) {
    const text = JSON.stringify([{ network: "resnet-20" }, entry]);
    const error = assertThrows(() => parseSweep(text, "a.json"), TypeError);
    assertEquals(
      error.message.split("\n")[0],
      "Entry 2 of a.json is not a run:",
    );
    assertEquals(error.message.includes(message), true, error.message);
  }
  assertThrows(() => parseSweep("[", "a.json"), TypeError, "is not JSON");
  for (const text of ["{}", "[]", "3"]) {
    assertThrows(() => parseSweep(text, "a.json"), TypeError, "a list of runs");
  }
});

Deno.test("parseSweep() lets an entry say otherwise", () => {
  const text =
    '[{ "network": "plain-20", "seed": 3 }, { "network": "vgg-16" }]';
  const runs = parseSweep(text, "a.json", { seed: 1, preset: "study" });
  assertEquals(runs.map(({ seed, preset }) => [seed, preset]), [
    [3, "study"],
    [1, "study"],
  ]);
});

Deno.test("shards are the sweep, no run twice", () => {
  const runs = [0, 1, 2, 3, 4, 5, 6];
  for (const count of [1, 2, 3, 7, 9]) {
    const parts = Array.from(
      { length: count },
      (_, index) => shardOf(runs, parseShard(`${index}/${count}`)),
    );
    assertEquals(parts.flat().toSorted(), runs);
    const sizes = parts.map(({ length }) => length);
    assertEquals(Math.max(...sizes) - Math.min(...sizes) <= 1, true);
  }
  for (const text of ["4/4", "1", "-1/4", "0/0", "1/4/2", "a/4"]) {
    assertThrows(
      () => parseShard(text),
      TypeError,
      `Expected a shard such as 0/4, the first of four, to 3/4, the last, but found "${text}"`,
    );
  }
});
