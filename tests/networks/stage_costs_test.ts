import { assertEquals } from "@std/assert";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { countMultiplyAdds } from "../../lib/networks/count.ts";
import { imageNetResNet } from "../../lib/networks/imagenet.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { stageCosts } from "../../lib/networks/stage_costs.ts";

Deno.test("stageCosts() counts ResNet-20's stages as by hand", () => {
  const unit = (c: number) => 2 * (9 * c ** 2 + 2 * c);
  const first = (c: number) => 9 * (c / 2) * c + 9 * c ** 2 + 4 * c;
  assertEquals(
    stageCosts(cifarResNet({ depth: 20 })).map((stage) => [
      stage.name,
      stage.output.join("x"),
      stage.parameters,
    ]),
    [
      ["conv", "32x32x16", 9 * 3 * 16 + 2 * 16],
      ["stage1", "32x32x16", 3 * unit(16)],
      ["stage2", "16x16x32", first(32) + 2 * unit(32)],
      ["stage3", "8x8x64", first(64) + 2 * unit(64)],
      ["classifier", "10", 64 * 10 + 10],
    ],
  );
});

for (
  const network of [
    cifarResNet({ depth: 110, activation: "preActivation" }),
    imageNetResNet({ depth: 50 }),
  ]
) {
  Deno.test(`stageCosts() leaves nothing of ${network.name} out`, () => {
    const costs = stageCosts(network);
    const sum = (key: "parameters" | "multiplyAdds") =>
      costs.reduce((sum, stage) => sum + stage[key], 0);
    assertEquals(sum("parameters"), countParameters(network));
    assertEquals(sum("multiplyAdds"), countMultiplyAdds(network));
  });
}
