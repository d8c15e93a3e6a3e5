import type { Spread } from "./statistics.ts";

/** A table in Markdown, its columns padded to be read as text too. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = header.map((name, column) =>
    Math.max(3, name.length, ...rows.map((row) => row[column]?.length ?? 0))
  );
  const line = (cells: readonly string[]) =>
    `| ${
      widths.map((width, i) =>
        i === 0 ? (cells[i] ?? "").padEnd(width) : cells[i]?.padStart(width)
      ).join(" | ")
    } |`;
  const rule = widths.map((width, i) =>
    i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`
  );
  return [line(header), line(rule), ...rows.map(line)].join("\n");
}

/** Such as "192 (188-201)": the median, the least and the most. */
export function withSpread(
  { median, least, most }: Spread,
  digits: number,
): string {
  const [middle, low, high] = [median, least, most]
    .map((value) => value.toFixed(digits));
  return `${middle} (${low}-${high})`;
}

/** Such as "1.25 GiB". */
export function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(2)} GiB`;
}
