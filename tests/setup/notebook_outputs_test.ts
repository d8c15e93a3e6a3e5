import { assertEquals, assertThrows } from "@std/assert";
import { outputProblems } from "../../lib/setup/notebook_outputs.ts";

/** SHA-256 of `a;`, a zero byte and `b;`, by Python's hashlib. */
const OF_BOTH =
  "6074ce7ba0063bbed0e7c0276b0a6b6d2c974323670ae3f7c3f8ea9325225e4c";

const mend = "run `deno task notebooks --update`";

/** A notebook of the cells `a;` and `b;`, changed in some way. */
function notebook(
  changes: { code?: string; outputs?: unknown[]; executed?: unknown } = {},
): string {
  const { code = "b;", executed = { code: OF_BOTH } } = changes;
  const { outputs = [{ output_type: "stream", text: ["1\n"] }] } = changes;
  return JSON.stringify({
    nbformat: 4,
    metadata: { executed },
    cells: [
      { cell_type: "markdown", source: "# Words" },
      { cell_type: "code", source: ["a;"], outputs: [] },
      { cell_type: "code", source: code, outputs },
    ],
  });
}

Deno.test("outputProblems() takes outputs of the code that the cells hold", () => {
  assertEquals(outputProblems(notebook()), []);
});

Deno.test("outputProblems() refuses outputs of other code", () => {
  const words = [`the outputs are not those of the cells' code: ${mend}`];
  assertEquals(outputProblems(notebook({ code: "c;" })), words);
  assertEquals(outputProblems(notebook({ executed: { code: "0" } })), words);
  const never = notebook().replace("executed", "something");
  assertEquals(outputProblems(never), words);
});

Deno.test("outputProblems() refuses a notebook without outputs, or with an error", () => {
  assertEquals(outputProblems(notebook({ outputs: [] })), [
    `no cell has an output: ${mend}`,
  ]);
  assertEquals(
    outputProblems(notebook({ outputs: [{ output_type: "error" }] })),
    [`a cell has ended in an error: ${mend}`],
  );
  const words = JSON.stringify({
    nbformat: 4,
    metadata: {},
    cells: [{ cell_type: "markdown", source: "# Words" }],
  });
  assertEquals(outputProblems(words), []);
});

Deno.test("outputProblems() throws on what is no notebook", () => {
  assertThrows(() => outputProblems('{"cells": []}'));
});
