import { assertEquals } from "@std/assert";
import { orderClaims } from "../../lib/paper/order_claims.ts";
import { paperRow } from "../../lib/paper/paper_table.ts";
import { R15_TABLE_3 } from "../../lib/paper/r15_imagenet.ts";

const NAMES = ["ResNet-34 A", "ResNet-34 B", "ResNet-34 C", "plain-34"];

function claims(ours: (number | null)[]) {
  return orderClaims(
    NAMES.map((name, i) => ({
      name,
      paper: paperRow(R15_TABLE_3, name).top1!,
      ours: ours[i]!,
    })),
    "Table 3",
  );
}

Deno.test("orderClaims() goes from the paper's worst to its best", () => {
  const rows = claims([36, 42, 41, 48]);
  assertEquals(rows.map(({ claim, holds }) => [claim, holds]), [
    ["ResNet-34 A errs less than plain-34", true],
    ["ResNet-34 B errs less than ResNet-34 A", false],
    ["ResNet-34 C errs less than ResNet-34 B", "cannot tell"],
  ]);
  assertEquals(rows[0]?.paper, "Table 3: 25.03 % against 28.54 %");
  assertEquals(rows[0]?.ours, "36.00 % against 48.00 %");
});

Deno.test("orderClaims() leaves out what has not been run", () => {
  assertEquals(
    claims([36, null, 35, null]).map(({ claim }) => claim),
    ["ResNet-34 C errs less than ResNet-34 A"],
  );
  assertEquals(claims([36, null, null, null]), []);
  assertEquals(claims([36, 36, null, null])[0]?.holds, "cannot tell");
});
