import { escape } from "@std/html";
import { html, type Output } from "./bundle.ts";
import { isHeadless } from "./display.ts";

/** The looks of what is said about an answer. */
const LOOKS = {
  open: { sign: "", color: "#0072b2" },
  right: { sign: "✓ ", color: "#009e73" },
  wrong: { sign: "✗ ", color: "#d55e00" },
} as const;

/** An answer that is still to come, a right one, or a wrong one. */
export type VerdictKind = keyof typeof LOOKS;

/**
 * What is said about an answer: in one look, with a tick, a cross or neither.
 *
 * @example Usage
 * ```ts
 * import { verdict } from "./verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { bundle } = verdict("right", "27 is right.");
 * assertEquals(bundle["text/plain"], "✓ 27 is right.");
 * ```
 *
 * @param kind Whether there is an answer, and whether it is right.
 * @param words What is said, as plain text.
 * @returns The output.
 */
export function verdict(kind: VerdictKind, words: string): Output {
  const { sign, color } = LOOKS[kind];
  const style = `border-left: 4px solid ${color}; padding: 4px 12px`;
  const plain = sign + words;
  return html(`<div style="${style}">${escape(plain)}</div>`, plain);
}

/**
 * What is said about a wrong answer. A reader gets it in the look of a right
 * one; a run without a reader fails, so that none is committed.
 *
 * @param words What is said, as plain text.
 * @param headless Whether nobody reads.
 * @returns The output.
 * @throws {Error} With these words, if nobody reads.
 */
export function wrongAnswer(
  words: string,
  headless: boolean = isHeadless(),
): Output {
  if (headless) throw new Error(words);
  return verdict("wrong", words);
}
