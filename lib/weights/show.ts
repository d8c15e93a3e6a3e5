/** Characters that are shown of a value. */
const LONGEST = 100;

/**
 * A value of a file for an error: as JSON, so that it cannot pass for anything
 * else, and no longer than an error should be.
 *
 * @param value Anything that JSON holds; `undefined` where nothing was found.
 */
export function show(value: unknown): string {
  if (value === undefined) return "none";
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}
