import { assert, assertEquals } from "@std/assert";
import { draw } from "../../lib/drawing/draw.ts";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { convolution, type Network } from "../../lib/networks/layer.ts";
import {
  preActivationNetwork,
  RESNET_152,
  RESNET_34,
} from "./example_networks.ts";
import { boxesOf, type ReadDrawing, readDrawing } from "./read_drawing.ts";

/** The numbers beside brackets, from above. */
function timesIn({ texts }: ReadDrawing): number[] {
  return texts.flatMap(({ text }) => {
    const times = /^× (\d+)$/.exec(text)?.[1];
    return times === undefined ? [] : [Number(times)];
  });
}

Deno.test("draw() draws equal units once, with their number", () => {
  const times = (network: Network, options = {}) =>
    timesIn(readDrawing(draw(network, options)));
  // Of R15 Table 1's 3, 8, 36 and 3 units each first one changes dimensions.
  assertEquals(times(RESNET_152), [2, 7, 35, 2]);
  assertEquals(times(cifarResNet({ depth: 1202 })), [200, 199, 199]);
  assertEquals(times(cifarPlain({ depth: 1202 })), [200, 199, 199]);
  assertEquals(times(preActivationNetwork(18)), [17, 17, 17]);
  assertEquals(times(RESNET_34), []);
  assertEquals(times(RESNET_34, { fold: true }), [3, 3, 5, 2]);
  assertEquals(times(cifarResNet({ depth: 44 }), { fold: false }), []);
});

Deno.test("draw() folded stands for all weighted layers", () => {
  for (
    const [network, depth] of [
      [cifarResNet({ depth: 1202 }), 1202],
      [cifarPlain({ depth: 110 }), 110],
      [RESNET_152, 152],
    ] as const
  ) {
    const drawing = readDrawing(draw(network));
    const brackets = drawing.lines.filter(({ classes }) =>
      classes[0] === "bracket"
    );
    const times = timesIn(drawing);
    assertEquals(brackets.length, times.length);
    const layers = boxesOf(drawing, "weighted").map(({ top, bottom }) => {
      const bracket = brackets.findIndex(({ points }) =>
        points[0]![1] <= top && bottom <= points.at(-1)![1]
      );
      return times[bracket] ?? 1;
    });
    assertEquals(layers.reduce((a, b) => a + b), depth, network.name);
    assert(layers.length < 30);
  }
});

Deno.test("draw() does not fold units that differ", () => {
  const conv = (name: string, options = {}) => convolution(name, 8, 3, options);
  const network: Network = {
    name: "four",
    input: [8, 8, 8],
    layers: [
      conv("a"),
      conv("b"),
      conv("c", { bias: true }),
      conv("d"),
      conv("e"),
      conv("f"),
    ],
  };
  assertEquals(timesIn(readDrawing(draw(network, { fold: true }))), [2, 3]);
});
