import { escape } from "@std/html";
import { html, type Output } from "./bundle.ts";

/** What a cell of a table holds. */
export type Cell = string | number | boolean | null | undefined;

/** A row of a table, by column. */
export type Row = Readonly<Record<string, Cell>>;

/** A column of a table. */
export interface Column {
  /** The key of the column in each row. */
  readonly key: string;
  /** The heading. Default: the key. */
  readonly label?: string;
  /** Digits after the point of numbers. Default: as many as they have. */
  readonly digits?: number;
}

/**
 * A table, as HTML and as plain text. Numbers stand at the right, with their
 * thousands set apart.
 *
 * @example Usage
 * ```ts
 * import { table } from "./table.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const rows = [{ network: "ResNet-20", parameters: 269722 }];
 * assertEquals(
 *   table(rows).bundle["text/plain"],
 *   "network    parameters\n" +
 *     "---------  ----------\n" +
 *     "ResNet-20     269,722",
 * );
 * ```
 *
 * @param rows The rows.
 * @param columns The columns, or their keys, in order; all that the first row
 * has if left out.
 * @returns The output.
 * @throws {RangeError} If no row has one of the columns.
 */
export function table(
  rows: readonly Row[],
  columns: readonly (string | Column)[] = Object.keys(rows[0] ?? {}),
): Output {
  const shown = columns.map((column) =>
    typeof column === "string" ? { key: column } : column
  );
  for (const { key } of shown) {
    if (rows.length > 0 && !rows.some((row) => key in row)) {
      throw new RangeError(
        `Expected one of the columns ${
          Object.keys(rows[0]!).join(", ")
        } but found "${key}"`,
      );
    }
  }
  const heads = shown.map((column) => column.label ?? column.key);
  const right = shown.map(({ key }) =>
    rows.length > 0 &&
    rows.every((row) => row[key] == null || typeof row[key] === "number")
  );
  const body = rows.map((row) =>
    shown.map((column) => inWords(row[column.key], column.digits))
  );
  return html(asHtml(heads, body, right), asText(heads, body, right));
}

function inWords(value: Cell, digits: number | undefined): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  return value.toLocaleString("en-US", {
    maximumFractionDigits: digits ?? 6,
    minimumFractionDigits: digits ?? 0,
  });
}

/** Up to so many characters, the words of a cell stay on one line. */
const SHORT = { th: 8, td: 18 } as const;

function stylesOf(words: string, tag: "th" | "td", right: boolean): string {
  const wouldBreak = words.length <= SHORT[tag] && /[\s-]/.test(words);
  return `text-align: ${right ? "right" : "left"}` +
    (wouldBreak ? "; white-space: nowrap" : "");
}

function asHtml(
  heads: readonly string[],
  body: readonly string[][],
  right: readonly boolean[],
): string {
  const row = (cells: readonly string[], tag: "th" | "td") =>
    `<tr>${
      cells.map((cell, index) =>
        `<${tag} style="${stylesOf(cell, tag, right[index]!)}">${
          escape(cell)
        }</${tag}>`
      ).join("")
    }</tr>`;
  return `<table><thead>${row(heads, "th")}</thead><tbody>${
    body.map((cells) => row(cells, "td")).join("")
  }</tbody></table>`;
}

function asText(
  heads: readonly string[],
  body: readonly string[][],
  right: readonly boolean[],
): string {
  const widths = heads.map((head, index) =>
    Math.max(head.length, ...body.map((cells) => cells[index]!.length))
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, index) =>
      right[index] ? cell.padStart(widths[index]!) : cell.padEnd(widths[index]!)
    ).join("  ").trimEnd();
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [line(heads), rule, ...body.map(line)].join("\n");
}
