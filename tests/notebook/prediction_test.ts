import { assertEquals } from "@std/assert";
import type { Output } from "../../lib/notebook/bundle.ts";
import { judgePrediction, predict } from "../../lib/notebook/prediction.ts";

const ASKED = {
  question: "Which of them learns fastest?",
  choices: ["plain-20", "ResNet-20", "ResNet-56"],
};

const words = (output: Output) => output.bundle["text/plain"];

Deno.test("predict() asks, then notes what is answered", () => {
  assertEquals(
    words(predict(ASKED)),
    "Your turn: Which of them learns fastest? (plain-20, ResNet-20, ResNet-56)",
  );
  assertEquals(
    words(predict(ASKED, " resnet-20 ")),
    "Noted: ResNet-20. The experiment will tell",
  );
});

Deno.test("predict() names an answer that is none of the choices", () => {
  const said: [string, string][] = [
    ["plain20", ": do you mean plain-20?"],
    ["resent 56", ": do you mean ResNet-56?"],
    ["ResNet-110", ""],
  ];
  for (const [answer, hint] of said) {
    const expected = `✗ "${answer}" is none of plain-20, ResNet-20, ResNet-56` +
      hint;
    assertEquals(words(predict(ASKED, answer)), expected);
    assertEquals(words(judgePrediction(ASKED, answer, "plain-20")), expected);
  }
});

Deno.test("judgePrediction() says whether the prediction was right", () => {
  const judge = (answer?: string) =>
    words(judgePrediction(ASKED, answer, "ResNet-20", "2 against 3"));
  assertEquals(
    judge("ResNet-20"),
    "✓ You predicted ResNet-20, and so it is. 2 against 3",
  );
  assertEquals(
    judge("plain-20"),
    "✗ You predicted plain-20, but it is ResNet-20. 2 against 3",
  );
  assertEquals(
    judge(),
    "Your turn, predict above first, and run both cells: Which of them learns fastest?",
  );
});

Deno.test("judgePrediction() says what an experiment cannot tell apart", () => {
  const judge = (answer?: string) =>
    words(judgePrediction(ASKED, answer, ["plain-20", "ResNet-20"], "2 and 2"));
  assertEquals(
    judge("ResNet-20"),
    "You predicted ResNet-20; whether it is plain-20 or ResNet-20 these runs cannot tell. 2 and 2",
  );
  assertEquals(
    judge("ResNet-56"),
    "✗ You predicted ResNet-56, but it is plain-20 or ResNet-20. 2 and 2",
  );
  assertEquals(judge(), words(judgePrediction(ASKED, undefined, "plain-20")));
});

Deno.test("judgePrediction() asks for the experiment before it has run", () => {
  assertEquals(
    words(judgePrediction(ASKED, "plain-20", undefined, "2 against 3")),
    "Your turn, experiment first: Which of them learns fastest?",
  );
});
