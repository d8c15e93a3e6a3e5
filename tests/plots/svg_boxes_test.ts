import { assertAlmostEquals, assertEquals } from "@std/assert";
import { JSDOM } from "jsdom";
import {
  boxOf,
  pageBoxOf,
  type SvgElement,
} from "../../lib/plots/svg_boxes.ts";

function elements(markup: string): (id: string) => SvgElement {
  const { window } = new JSDOM(
    `<svg xmlns="http://www.w3.org/2000/svg">${markup}</svg>`,
  );
  return (id) => window.document.getElementById(id);
}

Deno.test("boxOf() places a text by its anchor", () => {
  const get = elements(
    ["start", "middle", "end"].map((anchor) =>
      `<text id="${anchor}" x="100" y="50" font-size="20" text-anchor="${anchor}">HHHH</text>`
    ).join(""),
  );
  const [start, middle, end] = ["start", "middle", "end"].map((id) =>
    boxOf(get(id))
  );
  const width = start!.right - start!.left;
  assertEquals(start!.left, 100);
  assertAlmostEquals((middle!.left + middle!.right) / 2, 100, 1e-9);
  assertAlmostEquals(end!.right, 100, 1e-9);
  // The advance of H in DejaVu Sans is 1540 of 2048 units.
  assertAlmostEquals(width / 20, 4 * 1540 / 2048, 0.25);
  assertEquals(start!.top < 50 && start!.bottom > 50, true);
});

Deno.test("pageBoxOf() follows the transformations around an element", () => {
  const get = elements(
    `<g transform="translate(10,20)"><g transform="scale(2)">
       <rect id="r" x="1" y="2" width="3" height="4" transform="rotate(90)"/>
     </g></g>`,
  );
  const box = pageBoxOf(get("r"));
  // Turned by 90 degrees (x, y) is at (-y, x); then doubled, then moved.
  assertAlmostEquals(box.left, 10 - 2 * 6, 1e-9);
  assertAlmostEquals(box.right, 10 - 2 * 2, 1e-9);
  assertAlmostEquals(box.top, 20 + 2 * 1, 1e-9);
  assertAlmostEquals(box.bottom, 20 + 2 * 4, 1e-9);
});

Deno.test("boxOf() a group is the box around what is seen in it", () => {
  const get = elements(
    `<g id="g">
       <rect x="5" y="5" width="5" height="5"/>
       <rect x="0" y="0" width="2" height="2" transform="translate(20)"/>
       <rect style="display: none" x="-99" y="0" width="1" height="1"/>
       <defs><rect x="99" y="99" width="9" height="9"/></defs>
     </g><g id="empty"></g>`,
  );
  assertEquals(boxOf(get("g")), { left: 5, top: 0, right: 22, bottom: 10 });
  assertEquals(boxOf(get("empty")), { left: 0, top: 0, right: 0, bottom: 0 });
});
