import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { draw } from "../../lib/drawing/draw.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import {
  batchNorm,
  convolution,
  globalAveragePool,
  type Network,
  relu,
} from "../../lib/networks/layer.ts";
import { RESNET_34 } from "./example_networks.ts";
import { readDrawing } from "./read_drawing.ts";

Deno.test("draw() escapes names", () => {
  const name = `<script>"&'</script>\u0000]]>`;
  const network: Network = {
    name,
    input: [8, 8, 3],
    layers: [
      convolution(name, 4, 3),
      batchNorm("norm"),
      relu("relu"),
      globalAveragePool("pool"),
    ],
  };
  const { root, texts } = readDrawing(draw(network));
  const shown = name.replace("\u0000", "\ufffd");
  assertEquals(root.querySelector("title")?.textContent, shown);
  assertEquals(texts[0]!.text, shown);
  assertEquals(root.querySelector("script"), null);
  assert(
    [...root.querySelectorAll("g > title")].some(({ textContent }) =>
      textContent === `${shown}: 3x3 conv, 4, output 8x8x4`
    ),
  );
});

Deno.test("draw() tells those who do not see what it shows", () => {
  const { root } = readDrawing(draw(cifarResNet({ depth: 20 })));
  assertEquals(root.getAttribute("role"), "img");
  const named = (attribute: string) =>
    root.querySelector(`[id="${root.getAttribute(attribute)}"]`)?.textContent;
  assertEquals(named("aria-labelledby"), "ResNet-20");
  assertEquals(
    named("aria-describedby"),
    "ResNet-20, 20 weighted layers from an image of 32x32x3 down to the output, 269,722 parameters. " +
      "Output size 32: 7 weighted layers. Output size 16: 6 weighted layers. " +
      "Output size 8: 6 weighted layers. Output size 1: 1 weighted layer. " +
      "9 shortcuts beside the layers.",
  );
});

Deno.test("draw() gives the same text again, and ids of its own", () => {
  const [network, other] = [20, 32].map((depth) => cifarResNet({ depth }));
  assertEquals(draw(network!), draw(cifarResNet({ depth: 20 })));
  const id = (svg: string) => /id="([^"]*)"/.exec(svg)?.[1];
  assertNotEquals(id(draw(network!)), id(draw(other!)));
});

Deno.test("draw() asks for nothing from outside", () => {
  const svg = draw(RESNET_34);
  assertEquals(/href|url\(|@import|<image|<script/.test(svg), false);
});
