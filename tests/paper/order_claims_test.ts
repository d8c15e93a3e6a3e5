import { assertEquals } from "@std/assert";
import { orderClaims } from "../../lib/paper/order_claims.ts";
import { paperRow } from "../../lib/paper/paper_table.ts";
import { R15_TABLE_3 } from "../../lib/paper/r15_imagenet.ts";

const NAMES = ["ResNet-34 A", "ResNet-34 B", "ResNet-34 C", "plain-34"];

/** What is claimed of our errors: of a run, of several, or of none. */
function claims(
  ours: (number | number[] | null)[],
  deviation: number | null = null,
) {
  return orderClaims(
    NAMES.map((name, i) => ({
      name,
      paper: paperRow(R15_TABLE_3, name).top1!,
      ours: [ours[i] ?? []].flat(),
    })),
    "Table 3",
    deviation,
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

Deno.test("orderClaims() goes by how much seeds differ", () => {
  // Two standard errors of two runs each are 0.57 points.
  const ours = [[36, 36.4], [35.2, 35.6], [35.1, 35.5], null];
  const alike = claims(ours, Math.sqrt(0.08));
  assertEquals(alike.map(({ holds }) => holds), [true, "cannot tell"]);
  assertEquals(alike[0]?.ours, "35.40 % against 36.20 %");
  // And here 17 points.
  const apart = claims(ours, 8.5);
  assertEquals(apart.map(({ holds }) => holds), ["cannot tell", "cannot tell"]);
});
