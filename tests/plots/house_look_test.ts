import { assert, assertEquals, assertNotEquals } from "@std/assert";
import {
  figure,
  hues,
  nameParts,
  PALETTE,
} from "../../lib/plots/house_look.ts";

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

/** Relative luminance by WCAG 2.2. */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

Deno.test("PALETTE stands out from white by a contrast of 2 at least", () => {
  for (const color of PALETTE) {
    const contrast = 1.05 / (luminance(color) + 0.05);
    assert(contrast >= 2, `${color} has a contrast of ${contrast}`);
  }
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
