import { describeChoice, reportRows } from "../setup/doctor_report.ts";
import type { Facts } from "../setup/doctor_facts.ts";
import type { Output } from "./bundle.ts";
import { table } from "./table.ts";

export { describeChoice };

/**
 * The doctor's table for a notebook: what a machine has, and what to do about
 * what is missing. Of paths only the last part is shown, so that a notebook
 * that is passed on does not tell how somebody's folders are called.
 *
 * @param facts What `gatherFacts` found.
 * @returns The table; the column on what to do only if something is missing.
 */
export function doctorTable(facts: Facts): Output {
  const rows = reportRows(facts).map(({ name, value, mend }) => ({
    what: name,
    found: withoutFolders(value),
    "what to do": mend === undefined ? "" : withoutFolders(mend),
  }));
  const missing = rows.some((row) => row["what to do"] !== "");
  return table(rows, ["what", "found", ...missing ? ["what to do"] : []]);
}

/**
 * A text with the folders of its absolute paths left out.
 *
 * @example Usage
 * ```ts
 * import { withoutFolders } from "./doctor_table.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(withoutFolders("3.12 (/usr/bin/python3)"), "3.12 (…/python3)");
 * assertEquals(withoutFolders("C:\\data\\cifar is empty"), "…\\cifar is empty");
 * ```
 */
export function withoutFolders(text: string): string {
  // The user's own folder first: its name may have a space.
  const home = Deno.env.get("HOME") ?? Deno.env.get("USERPROFILE") ?? "";
  return (home.length > 1 ? text.replaceAll(home, "~") : text)
    .replace(/(?<![\w./])~?\/(?!\/)(?:[^\s()/:,]+\/)+/g, "…/")
    .replace(/\b[A-Za-z]:\\(?:[^\s()\\:,]+\\)+/g, "…\\");
}
