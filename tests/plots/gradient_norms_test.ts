import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import type { ScatterTrace } from "../../lib/plots/figure.ts";
import { gradientNorms } from "../../lib/plots/gradient_norms.ts";

Deno.test("gradientNorms() draws one line a network, by layer", () => {
  const plot = gradientNorms([
    { name: "plain-20", norms: [0.1, 0.2, 0.4] },
    { name: "ResNet-20", norms: [1, 2, 3], layers: ["conv1", "conv2", "fc"] },
  ]);
  const [plain, residual] = plot.data as ScatterTrace[];
  assertEquals(plain?.y, [0.1, 0.2, 0.4]);
  assertEquals(plain?.text, ["layer 1", "layer 2", "layer 3"]);
  assertEquals(residual?.x, [1, 2, 3]);
  assertEquals(residual?.text, ["conv1", "conv2", "fc"]);
  assertEquals(plain?.line?.color, residual?.line?.color);
  assertEquals([plain?.marker?.symbol, residual?.marker?.symbol], [
    "circle-open",
    "circle",
  ]);
});

Deno.test("gradientNorms() names what it draws", () => {
  const networks = [{ name: "plain-20", norms: [1] }];
  const words = (quantity?: string) =>
    gradientNorms(networks, { ...quantity && { quantity } })
      .layout?.yaxis?.title?.text;
  assertEquals(words(), "norm of the gradient");
  assertEquals(words("growth"), "growth");
});

Deno.test("gradientNorms() says how many norms of zero it left out", () => {
  const plot = gradientNorms([{ name: "plain-56", norms: [0, 1, 0] }]);
  assertEquals((plot.data[0] as ScatterTrace).y, [null, 1, null]);
  assertStringIncludes(plot.layout!.annotations![0]!.text, "plain-56: 2");
});

Deno.test("gradientNorms() throws on what is no norm, naming the layer", () => {
  for (const norm of [-1, NaN, Infinity]) {
    assertThrows(
      () =>
        gradientNorms([{ name: "a-1", norms: [1, norm], layers: ["p", "q"] }]),
      RangeError,
      `at q of a-1 but found ${norm}`,
    );
  }
});

Deno.test("gradientNorms() throws on too few names and on no networks", () => {
  assertThrows(
    () => gradientNorms([{ name: "a-1", norms: [1, 2], layers: ["p"] }]),
    RangeError,
    "Expected 2 layer names for a-1 but found 1",
  );
  assertThrows(() => gradientNorms([]), RangeError, "at least one network");
});

Deno.test("gradientNorms() has about ten ticks however far norms are apart", () => {
  const distance = (norms: number[]) =>
    gradientNorms([{ name: "plain-20", norms }]).layout?.yaxis?.dtick;
  assertEquals(distance([0.01, 1, 100, 0]), 1);
  assertEquals(distance([1e-9, 1e7]), 2);
});
