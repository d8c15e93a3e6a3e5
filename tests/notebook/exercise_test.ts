import { assertEquals, assertStringIncludes } from "@std/assert";
import { exercise } from "../../lib/notebook/exercise.ts";
import type { Output } from "../../lib/notebook/bundle.ts";

const QUESTION = "How many shortcuts has ResNet-56?";
const OPTIONS = {
  because: "There is one for each pair of layers",
  remarks: [
    { to: 54, say: "A shortcut joins two layers" },
    { to: (answer: number) => answer < 10, say: "There are three stages" },
  ],
};

const words = (output: Output) => output.bundle["text/plain"];

Deno.test("exercise() asks until there is an answer", () => {
  assertEquals(
    words(exercise(QUESTION, undefined, 27, OPTIONS)),
    `Your turn: ${QUESTION}`,
  );
});

Deno.test("exercise() asks for the experiment whose result is the answer", () => {
  assertEquals(
    words(exercise<number>("Which rate is best?", 0.1, undefined)),
    "Your turn, experiment first: Which rate is best?",
  );
});

Deno.test("exercise() says why the right answer is right", () => {
  assertEquals(
    words(exercise(QUESTION, 27, 27, OPTIONS)),
    "✓ 27 is right. There is one for each pair of layers",
  );
  assertEquals(
    words(exercise("Which?", " Plain-20", "plain-20")),
    "✓ Plain-20 is right.",
  );
  assertEquals(words(exercise("Is it?", false, 2 < 1)), "✓ false is right.");
});

Deno.test("exercise() says what is behind a typical wrong answer", () => {
  const wrong: [number, string][] = [
    [54, "✗ 54 is not it yet. A shortcut joins two layers"],
    [9, "✗ 9 is not it yet. There are three stages"],
    [28, "✗ 28 is not it yet. Unfold the hint, try again"],
    [NaN, "✗ NaN is not it yet. Unfold the hint, try again"],
  ];
  for (const [answer, said] of wrong) {
    assertEquals(words(exercise(QUESTION, answer, 27, OPTIONS)), said);
  }
  const remarks = [{ to: "plain-56", say: "It is deeper" }];
  assertStringIncludes(
    words(exercise("Which?", "PLAIN-56", "plain-20", { remarks })),
    "It is deeper",
  );
});

Deno.test("exercise() says what kind of answer it takes", () => {
  // Cells are not type-checked while they run.
  const ask = exercise as (...given: unknown[]) => Output;
  assertEquals(
    words(ask(QUESTION, "27", 27)),
    '✗ Expected a number, without quotes, but found "27"',
  );
  assertEquals(
    words(ask("Which?", 20, "plain-20")),
    "✗ Expected a text in quotes but found 20",
  );
  assertEquals(
    words(ask("Is it?", "no", false)),
    '✗ Expected true or false, without quotes, but found "no"',
  );
});

Deno.test("exercise() takes numbers as exactly as it is told to", () => {
  const sign = (answer: number, tolerance?: number) =>
    words(
      exercise("What part?", answer, 0.5, { ...tolerance && { tolerance } }),
    )
      .charAt(0);
  assertEquals(sign(0.505), "✗");
  assertEquals(sign(0.505, 0.02), "✓");
  assertEquals(sign(0.515, 0.02), "✗");
  assertEquals(sign(-0.5, 0.02), "✗");
});
