import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { table } from "../../lib/notebook/table.ts";

const ROWS = [
  { network: "plain-20", error: 8.75, holds: true },
  { network: "<deep>", error: 43.1, holds: null },
];

Deno.test("table() sets columns under their headings", () => {
  const { bundle } = table(ROWS, [
    "network",
    { key: "error", label: "error (%)", digits: 2 },
    "holds",
  ]);
  assertEquals(
    bundle["text/plain"],
    [
      "network   error (%)  holds",
      "--------  ---------  -----",
      "plain-20       8.75  yes",
      "<deep>        43.10  –",
    ].join("\n"),
  );
});

Deno.test("table() takes cells as words, not as HTML", () => {
  const markup = String(table(ROWS).bundle["text/html"]);
  assertStringIncludes(markup, ">&lt;deep&gt;</td>");
  assertStringIncludes(markup, 'text-align: right">43.1</td>');
});

Deno.test("table() breaks long words only into lines", () => {
  const markup = String(
    table([{ seeds: "1 and 1", claim: "plain-20 errs less than plain-56" }])
      .bundle["text/html"],
  );
  assertStringIncludes(markup, 'white-space: nowrap">1 and 1</td>');
  assertStringIncludes(markup, 'left">plain-20 errs less than plain-56</td>');
});

Deno.test("table() throws on a column that no row has", () => {
  assertThrows(
    () => table(ROWS, ["network", "eror"]),
    RangeError,
    'Expected one of the columns network, error, holds but found "eror"',
  );
});

Deno.test("table() without rows has only headings", () => {
  assertEquals(table([], ["a", "b"]).bundle["text/plain"], "a  b\n-  -");
});
