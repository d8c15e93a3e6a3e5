import { assert, assertEquals } from "@std/assert";
import { codeCells } from "../../lib/setup/notebook_module.ts";

/** Lines of a cell that asks for an answer and holds nothing else. */
const LONGEST_CELL = 6;

/** A list without entries, but maybe a comment that shows what one looks like. */
const EMPTY_LIST = String.raw`\[\s*(//.*\n)*\]`;

/**
 * Asserts that a notebook asks each of its exercises once, in a short cell, and
 * that none has an answer.
 *
 * @param withMore Those whose cell shows what was measured too.
 */
export async function assertAsks(
  notebook: string,
  exercises: readonly string[],
  withMore: readonly string[] = [],
): Promise<void> {
  const path = new URL(
    `../../notebooks/${notebook}.ipynb`,
    import.meta.url,
  );
  const cells = codeCells(await Deno.readTextFile(path));
  const asked = cells.flatMap(({ source }) =>
    [...source.matchAll(/\bexercises\.(\w+)\(\s*([\w.]+)/g)].map((
      [, name = "", answer = ""],
    ) => ({ name, answer, source }))
  );
  assertEquals(
    asked.map(({ name }) => name).toSorted(),
    exercises.toSorted(),
  );
  const code = cells.map(({ source }) => source).join("\n");
  for (const { name, answer, source } of asked) {
    const empty = answer === "undefined" ||
      new RegExp(`^const ${answer}: .+ = (undefined|${EMPTY_LIST});`, "m").test(
        code,
      );
    assert(empty, `${name} has an answer: ${answer}`);
    const isShort = source.split("\n").length <= LONGEST_CELL;
    assert(isShort || withMore.includes(name), `${name}'s cell holds more`);
  }
}
