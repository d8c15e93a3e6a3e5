import { RunRecord } from "./schema.ts";

/**
 * Checks that a value is a lab record.
 *
 * @param value What may be a record.
 * @param name What to call it in the error, such as its file.
 * @returns The record.
 * @throws {TypeError} If it is none; each field that is wrong is named, with
 * what was expected.
 *
 * @example Usage
 * ```ts
 * import { parseRecord } from "./parse_record.ts";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => parseRecord({ schema: 2 }, "a.json"),
 *   TypeError,
 *   "a.json is not a lab record:\n  schema: Invalid input: expected 1",
 * );
 * ```
 */
export function parseRecord(value: unknown, name: string): RunRecord {
  const result = RunRecord.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) =>
    `\n  ${fieldName(path)}: ${message}`
  );
  throw new TypeError(`${name} is not a lab record:${lines.join("")}`);
}

/** Such as `curves.test[3].error`. */
function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "the whole";
  return path.map((key) =>
    typeof key === "number" ? `[${key}]` : `.${String(key)}`
  ).join("").slice(1);
}
