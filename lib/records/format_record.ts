import type { RunRecord } from "./schema.ts";

/** Digits that are kept of a number that is no integer. */
const DIGITS = 6;

/** Parts whose numbers make the run again, and so are kept as they are. */
const SETTINGS: ReadonlySet<string> = new Set(["run", "hyperparameters"]);

/**
 * Writes a lab record as JSON that is good to read and to compare line by line:
 * each point of a curve is one line, and numbers that were measured have six
 * digits.
 *
 * @param record The record.
 * @returns The text, which ends with a new line.
 */
export function formatRecord(record: RunRecord): string {
  return `${formatValue(record, "", DIGITS)}\n`;
}

function formatValue(value: unknown, indent: string, digits?: number): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    const items = value.map((item) =>
      isPoint(item)
        ? formatPoint(item, digits)
        : formatValue(item, inner, digits)
    );
    return `[\n${inner}${items.join(`,\n${inner}`)}\n${indent}]`;
  }
  if (isObject(value)) {
    const items = definedEntries(value).map(([key, item]) =>
      `${JSON.stringify(key)}: ${
        formatValue(item, inner, SETTINGS.has(key) ? undefined : digits)
      }`
    );
    return `{\n${inner}${items.join(`,\n${inner}`)}\n${indent}}`;
  }
  return typeof value === "number"
    ? formatNumber(value, digits)
    : JSON.stringify(value);
}

function formatPoint(
  point: Record<string, unknown>,
  digits?: number,
): string {
  const items = Object.entries(point).map(([key, value]) =>
    `${JSON.stringify(key)}: ${formatNumber(value as number, digits)}`
  );
  return `{ ${items.join(", ")} }`;
}

function formatNumber(value: number, digits?: number): string {
  const rounded = Number.isInteger(value) || digits === undefined
    ? value
    : Number(value.toPrecision(digits));
  return JSON.stringify(rounded);
}

function isPoint(value: unknown): value is Record<string, unknown> {
  return isObject(value) &&
    Object.values(value).every((item) => typeof item === "number");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function definedEntries(value: Record<string, unknown>): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}
