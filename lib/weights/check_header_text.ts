import { MAX_KEYS, MAX_VALUES } from "./limits.ts";
import { show } from "./show.ts";

/** A header has 3 levels: an object of objects that hold lists. */
const DEEPEST = 8;

/**
 * Checks what reading JSON would pass over: that no object has a key twice (of
 * two tensors of one name only the last would be seen), and that nothing is
 * nested deeper, or holds more, than any header does: that was made to take up
 * memory.
 *
 * @param text The header's text. If it is no JSON, the result means nothing.
 * @returns What is wrong, or `undefined`.
 * @throws {SyntaxError} If a key is no JSON string.
 */
export function findHeaderFault(text: string): string | undefined {
  /** The keys of each open object; `undefined` for a list. */
  const open: (Set<string> | undefined)[] = [];
  let values = 0;
  let keyNext = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') {
      const end = endOfString(text, i);
      const keys = open.at(-1);
      if (keyNext && keys !== undefined) {
        const key: string = JSON.parse(text.slice(i, end));
        if (keys.has(key)) return `the key ${show(key)} twice`;
        keys.add(key);
        if (keys.size > MAX_KEYS) {
          return `an object of more than ${MAX_KEYS} keys`;
        }
      }
      keyNext = false;
      i = end - 1;
    } else if (character === "{" || character === "[") {
      open.push(character === "{" ? new Set() : undefined);
      if (open.length > DEEPEST) return `more than ${DEEPEST} levels`;
      keyNext = true;
      values++;
    } else if (character === "}" || character === "]") {
      open.pop();
    } else if (character === ",") {
      keyNext = true;
      values++;
    }
    if (values > MAX_VALUES) return `more than ${MAX_VALUES} values`;
  }
  return undefined;
}

/** The index after the quote that closes the string opened at `start`. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
  return i + 1;
}
