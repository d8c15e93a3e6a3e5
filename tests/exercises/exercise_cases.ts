import { assert, assertStringIncludes } from "@std/assert";
import type { Output } from "../../lib/notebook/bundle.ts";

/** An exercise, its right answer or answers, and what is said to wrong ones. */
export type Case<T, Name extends string = string> = readonly [
  name: Name,
  ask: (answer?: T) => Output,
  right: T | readonly T[],
  wrong: readonly (readonly [T, string])[],
];

/** What an output says where there are only words. */
export function words({ bundle }: Output): string {
  return bundle["text/plain"];
}

/** Registers a test for each exercise: it asks, praises, and says what is wrong. */
export function testCases<T>(cases: readonly Case<T>[]): void {
  for (const [name, ask, right, wrong] of cases) {
    Deno.test(`${name}() tells right from wrong, with a reason`, () => {
      assert(words(ask()).startsWith("Your turn: "));
      for (const answer of Array.isArray(right) ? right : [right]) {
        assert(words(ask(answer)).startsWith(`✓ ${answer} is right.`));
      }
      for (const [answer, remark] of wrong) {
        assert(words(ask(answer)).startsWith(`✗ ${answer} is not it yet. `));
        assertStringIncludes(words(ask(answer)), remark);
      }
    });
  }
}
