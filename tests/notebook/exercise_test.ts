import { assertEquals, assertThrows } from "@std/assert";
import { exercise } from "../../lib/notebook/exercise.ts";
import { printed } from "./printed.ts";

const QUESTION = "How many shortcuts has ResNet-56?";
const OPTIONS = {
  because: "There is one for each pair of layers",
  remarks: [
    { to: 54, say: "A shortcut joins two layers" },
    { to: (answer: number) => answer < 10, say: "There are three stages" },
  ],
};

Deno.test("exercise() asks until there is an answer", () => {
  assertEquals(
    printed(() => exercise(QUESTION, undefined, 27, OPTIONS)),
    [`Your turn: ${QUESTION}`],
  );
});

Deno.test("exercise() asks for the experiment whose result is the answer", () => {
  const lines = printed(() =>
    exercise<number>("Which rate is best?", 0.1, undefined)
  );
  assertEquals(lines, ["Your turn, experiment first: Which rate is best?"]);
});

Deno.test("exercise() says why the right answer is right", () => {
  assertEquals(
    printed(() => exercise(QUESTION, 27, 27, OPTIONS)),
    ["✓ 27 is right. There is one for each pair of layers"],
  );
  assertEquals(printed(() => exercise("Which?", " Plain-20", "plain-20")), [
    "✓ Plain-20 is right.",
  ]);
  assertEquals(printed(() => exercise("Is it?", false, 2 < 1)), [
    "✓ false is right.",
  ]);
});

Deno.test("exercise() says what is behind a typical wrong answer", () => {
  const wrong: [number, string][] = [
    [54, "54 is not it yet. A shortcut joins two layers"],
    [9, "9 is not it yet. There are three stages"],
    [28, "28 is not it yet. Unfold the hint"],
    [NaN, "NaN is not it yet. Unfold the hint"],
  ];
  for (const [answer, words] of wrong) {
    const lines = printed(() =>
      assertThrows(() => exercise(QUESTION, answer, 27, OPTIONS), Error, words)
    );
    assertEquals(lines, []);
  }
  assertThrows(
    () =>
      exercise("Which?", "PLAIN-56", "plain-20", {
        remarks: [{ to: "plain-56", say: "It is deeper" }],
      }),
    Error,
    "It is deeper",
  );
});

Deno.test("exercise() takes numbers as exactly as it is told to", () => {
  assertThrows(() => exercise("What part?", 0.505, 0.5));
  const options = { tolerance: 0.02 };
  printed(() => exercise("What part?", 0.505, 0.5, options));
  assertThrows(() => exercise("What part?", 0.515, 0.5, options));
  assertThrows(() => exercise("What part?", -0.5, 0.5, options));
});
