import { assert, assertEquals, assertNotEquals } from "@std/assert";
import {
  figure,
  hues,
  INK,
  MUTED,
  nameParts,
  PALETTE,
  TRANSPARENT,
} from "../../lib/plots/house_look.ts";
import { contrast, difference, VISIONS } from "./color_vision.ts";

Deno.test("hues() are those of the depth, whatever the family", () => {
  const names = ["plain-20", "plain-56", "ResNet-20", "ResNet-56"];
  const [plain20, plain56, resnet20, resnet56] = hues(names);
  assertEquals(plain20, resnet20);
  assertEquals(plain56, resnet56);
  assertNotEquals(plain20, plain56);
});

Deno.test("hues() of a depth do not depend on the other networks", () => {
  const alone = hues(["ResNet-56"])[0];
  const among = hues(["ResNet-20", "ResNet-32", "ResNet-44", "ResNet-56"])[3];
  assertEquals(alone, among);
});

Deno.test("hues() of the paper's CIFAR networks all differ", () => {
  const names = [20, 32, 44, 56, 110, 1202].map((depth) => `ResNet-${depth}`);
  assertEquals(new Set(hues(names)).size, names.length);
});

Deno.test("hues() of unknown names differ from those that are taken", () => {
  const found = hues(["ResNet-20", "our own", "another", "our own"]);
  assertEquals(found[1], found[3]);
  assertEquals(new Set(found).size, 3);
});

Deno.test("hues() go around where there are more names than hues", () => {
  const found = hues(
    Array.from(
      { length: 20 },
      (_, i) => `network ${"abcdefghijklmnopqrst"[i]}`,
    ),
  );
  assertEquals(found.length, 20);
  assert(found.every((hue) => PALETTE.includes(hue)));
});

Deno.test("nameParts() takes the last number for the depth", () => {
  assertEquals(nameParts("ResNet-110"), { family: "ResNet", depth: 110 });
  assertEquals(nameParts("pre-activation ResNet-164"), {
    family: "pre-activation ResNet",
    depth: 164,
  });
  assertEquals(nameParts("VGG16"), { family: "VGG16", depth: null });
});

/** White; the dark pages of JupyterLab and of GitHub. */
const PAGES = ["#ffffff", "#111111", "#0d1117"] as const;

Deno.test("words and axes are near the highest contrast that one grey has on all pages", () => {
  for (const page of PAGES) {
    // A colour in the middle has the root of 19 at most, which is below 4.5.
    assert(contrast(INK, page) > 4.3, `${contrast(INK, page)} on ${page}`);
    assert(contrast(MUTED, page) > 4.3, `${contrast(MUTED, page)} on ${page}`);
  }
});

Deno.test("PALETTE stands out from light and dark pages by a contrast of 3", () => {
  for (const color of PALETTE) {
    for (const page of PAGES) {
      const found = contrast(color, page);
      assert(found >= 3, `${color} has a contrast of ${found} on ${page}`);
    }
  }
});

Deno.test("hues() of depths are of the palette", () => {
  for (const depth of [18, 20, 32, 34, 44, 56, 110, 164, 1001, 1202]) {
    assert(PALETTE.includes(hues([`ResNet-${depth}`])[0]!), `${depth}`);
  }
});

for (const vision of VISIONS) {
  Deno.test(`PALETTE's colours differ to ${vision} as Okabe and Ito's do`, () => {
    for (const [i, one] of PALETTE.entries()) {
      for (const other of PALETTE.slice(i + 1)) {
        const found = difference(one, other, vision);
        // The least that two of Okabe and Ito's differ to any of these.
        assert(found > 0.076, `${one} and ${other}: ${found}`);
      }
    }
  });
}

Deno.test("figure() paints nothing behind what it draws", () => {
  const { layout } = figure([]);
  assertEquals(layout?.paper_bgcolor, TRANSPARENT);
  assertEquals(layout?.plot_bgcolor, TRANSPARENT);
});

Deno.test("figure() keeps what a layout asks for", () => {
  const { layout } = figure([], {
    width: 300,
    xaxis: { type: "log", title: { text: "steps" } },
  });
  assertEquals(layout?.width, 300);
  assertEquals(layout?.xaxis?.type, "log");
  assertEquals(layout?.xaxis?.showline, true);
});
