import { assert, assertEquals, assertThrows } from "@std/assert";
import * as ilsvrc from "../../lib/paper/ilsvrc.ts";
import { paperRow, type PaperTable } from "../../lib/paper/paper_table.ts";
import * as architectures from "../../lib/paper/r15_architectures.ts";
import * as cifar from "../../lib/paper/r15_cifar.ts";
import * as imageNet from "../../lib/paper/r15_imagenet.ts";
import * as r16Results from "../../lib/paper/r16_results.ts";
import * as r16Units from "../../lib/paper/r16_units.ts";

/** Every table of lib/paper. */
const TABLES = [ilsvrc, architectures, cifar, imageNet, r16Results, r16Units]
  .flatMap((module) => Object.values<unknown>(module))
  .filter((value) =>
    typeof value === "object" && value !== null && "rows" in value
  ) as PaperTable<Record<string, unknown>>[];

Deno.test("each table names its rows and columns once", () => {
  assertEquals(TABLES.length, 16);
  for (const { table, columns, rows } of TABLES) {
    assert(rows.length > 0);
    for (const row of rows) {
      assertEquals(Object.keys(row).sort(), Object.keys(columns).sort(), table);
    }
    const names = rows.map(({ name, layers }) => name ?? layers);
    assertEquals(new Set(names).size, rows.length, table);
  }
});

Deno.test("paperRow() names the rows that there are", () => {
  assertEquals(paperRow(imageNet.R15_TABLE_3, "ResNet-34 B").top1, 24.52);
  assertThrows(
    () => paperRow(architectures.R15_VGG_COSTS, "VGG-11"),
    RangeError,
    "Expected a row of R15 section 4.1 (VGG-16, VGG-19) but found VGG-11",
  );
});
