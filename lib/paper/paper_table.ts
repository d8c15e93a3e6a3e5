/**
 * Where figures come from: R15 is He et al. 2015, "Deep Residual Learning for
 * Image Recognition" (arXiv 1512.03385); R16 is He et al. 2016, "Identity
 * Mappings in Deep Residual Networks" (arXiv 1603.05027); ILSVRC are the
 * published results of the ImageNet challenges.
 */
export type Paper = "R15" | "R16" | "ILSVRC";

/**
 * A table of a paper, as far as this project compares itself with it. A value is
 * `null` where the table has a dash or no value.
 */
export interface PaperTable<Row> {
  readonly paper: Paper;
  /** The table, or the section if the figures stand in the text. */
  readonly table: string;
  /** What the table shows. */
  readonly title: string;
  /** What each field of a row is in the table. */
  readonly columns: { readonly [Field in keyof Row & string]: string };
  readonly rows: readonly Row[];
}

/** Mean and standard deviation over several runs. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * A row by its name.
 *
 * @throws {RangeError} If the table has none of this name; those that it has are
 * named.
 *
 * @example The paper's error of ResNet-56
 * ```ts
 * import { paperRow } from "./paper_table.ts";
 * import { R15_TABLE_6 } from "./r15_cifar.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(paperRow(R15_TABLE_6, "ResNet-56").error, 6.97);
 * ```
 */
export function paperRow<Row extends { readonly name: string }>(
  { paper, table, rows }: PaperTable<Row>,
  name: string,
): Row {
  const row = rows.find((one) => one.name === name);
  if (row === undefined) {
    throw new RangeError(
      `Expected a row of ${paper} ${table} (${
        rows.map((one) => one.name).join(", ")
      }) but found ${name}`,
    );
  }
  return row;
}
