import { assertEquals } from "@std/assert";
import katex from "katex";
import { draw } from "../../lib/drawing/draw.ts";
import { drawUnit } from "../../lib/drawing/draw_unit.ts";
import { explain } from "../../lib/drawing/explain.ts";
import { itemsOf } from "../../lib/drawing/items.ts";
import {
  alexNet,
  cifarHighway,
  cifarResNet,
  glorotBengio,
  googLeNet,
  highway,
  imageNetResNet,
  type Network,
  preluNet,
  vgg,
  waysOf,
  withExclusiveGating,
  zfNet,
} from "../../lib/mod.ts";
import { assertReadable } from "./assert_readable.ts";
import { boxesOf, readDrawing } from "./read_drawing.ts";

/** Networks, and the convolutions and fully connected layers off shortcuts. */
const NETWORKS: [Network, weighted: number][] = [
  [alexNet(), 8],
  [zfNet(), 8],
  [vgg({ depth: 16 }), 16],
  [preluNet(), 19],
  // Nine modules of 6 convolutions, three before them, and the classifier.
  [googLeNet(), 58],
  [highway({ hiddenLayers: 10 }), 11],
  [cifarHighway(), 19],
  [glorotBengio({ hiddenLayers: 5, activation: "softsign" }), 6],
  [cifarResNet({ depth: 164, activation: "preActivation" }), 164],
  [cifarResNet({ depth: 110, unit: "single" }), 110],
  [imageNetResNet({ depth: 50, activation: "preActivation" }), 50],
  [withExclusiveGating(cifarResNet({ depth: 20 }), { initialBias: -6 }), 20],
];

for (const [network, weighted] of NETWORKS) {
  Deno.test(`draw(), drawUnit() and explain() ${network.name}`, () => {
    const unfolded = readDrawing(draw(network, { fold: false }));
    assertEquals(boxesOf(unfolded, "weighted").length, weighted);
    assertReadable(draw(network));
    // Folded, so that equal units come once.
    const at = { path: "", input: network.input };
    for (const { layer, at: { input } } of itemsOf(network.layers, at, true)) {
      if (waysOf(layer).length === 0) continue;
      assertReadable(drawUnit(layer, input));
      katex.renderToString(explain(layer), { strict: "error" });
    }
  });
}
