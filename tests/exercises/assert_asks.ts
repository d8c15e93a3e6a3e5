import { assert, assertEquals } from "@std/assert";
import { codeCells } from "../../lib/setup/notebook_module.ts";

/**
 * Asserts that a notebook asks each of its exercises once, in a short cell, and
 * that none has an answer.
 */
export async function assertAsks(
  notebook: string,
  exercises: readonly string[],
): Promise<void> {
  const path = new URL(
    `../../notebooks/${notebook}.ipynb`,
    import.meta.url,
  );
  const cells = codeCells(await Deno.readTextFile(path));
  const asked = cells.flatMap(({ source }) =>
    [...source.matchAll(/\bexercises\.(\w+)\(\s*(\w+)/g)].map((
      [, name = "", answer = ""],
    ) => ({ name, answer }))
  );
  assertEquals(
    asked.map(({ name }) => name).toSorted(),
    exercises.toSorted(),
  );
  const code = cells.map(({ source }) => source).join("\n");
  for (const { name, answer } of asked) {
    const empty = answer === "undefined" ||
      new RegExp(`^const ${answer}: .+ = undefined;`, "m").test(code);
    assert(empty, `${name} has an answer: ${answer}`);
  }
}
