import { assert, assertEquals, assertThrows } from "@std/assert";
import { draw, drawSideBySide } from "../../lib/drawing/draw.ts";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { dense, flatten, type Network } from "../../lib/networks/layer.ts";
import { assertReadable } from "./assert_readable.ts";
import {
  INCEPTION,
  networkOf,
  PLAIN_34,
  preActivationNetwork,
  RESNET_152,
  RESNET_34,
  VGG_19,
} from "./example_networks.ts";
import { PLACEMENTS, SHORTCUTS } from "./example_units.ts";
import { arcsOf, boxesOf, readDrawing } from "./read_drawing.ts";

Deno.test("draw() gives every weighted layer a box and every unit an arc", () => {
  const networks: [Network, depth: number, units: number, dotted: number][] = [
    [cifarPlain({ depth: 20 }), 20, 0, 0],
    [cifarResNet({ depth: 20 }), 20, 9, 2],
    [PLAIN_34, 34, 0, 0],
    [RESNET_34, 34, 16, 3],
    [VGG_19, 19, 0, 0],
    // The first stage of bottlenecks goes from 64 to 256 channels.
    [RESNET_152, 152, 50, 4],
  ];
  for (const [network, depth, units, dotted] of networks) {
    const drawing = readDrawing(draw(network, { fold: false }));
    assertEquals(boxesOf(drawing, "weighted").length, depth, network.name);
    const arcs = arcsOf(drawing);
    assertEquals(arcs.length, units, network.name);
    assertEquals(arcs.filter((arc) => arc.dotted).length, dotted);
    const signs = drawing.circles.map(({ sign }) => sign);
    assertEquals(signs, Array(units).fill("+"));
  }
});

Deno.test("draw() lets an arc pass two layers by, from before to the addition", () => {
  const drawing = readDrawing(draw(cifarResNet({ depth: 20 })));
  const layers = boxesOf(drawing, "weighted");
  for (const [i, { points }] of arcsOf(drawing).entries()) {
    const [first, second] = [layers[1 + 2 * i]!, layers[2 + 2 * i]!];
    const [start, out] = [points[0]!, points[1]!];
    assert(start[1] < first.top && start[1] > layers[2 * i]!.bottom);
    assert(out[0] > first.right && out[0] > second.right);
    const circle = drawing.circles[i]!;
    assert(circle.top > second.bottom);
    // The line ends before its arrow's head does, at the circle.
    const [x, y] = points.at(-1)!;
    assertEquals(y, (circle.top + circle.bottom) / 2);
    assert(x > circle.right && x < circle.right + 8);
  }
});

Deno.test("draw() labels layers as R15 Fig. 3 does", () => {
  const labels = (network: Network) =>
    readDrawing(draw(network, { bars: false })).boxes.map(({ label }) => label);
  const conv = (filters: number, count: number) =>
    Array(count).fill(`3x3 conv, ${filters}`);
  assertEquals(labels(PLAIN_34), [
    "image, 224x224x3",
    "7x7 conv, 64, /2",
    "3x3 max pool, /2",
    ...conv(64, 6),
    "3x3 conv, 128, /2",
    ...conv(128, 7),
    "3x3 conv, 256, /2",
    ...conv(256, 11),
    "3x3 conv, 512, /2",
    ...conv(512, 5),
    "avg pool",
    "fc 1000",
  ]);
  assertEquals(labels(RESNET_34), labels(PLAIN_34));
  const pool = "2x2 max pool, /2";
  assertEquals(labels(VGG_19), [
    "image, 224x224x3",
    ...conv(64, 2),
    pool,
    ...conv(128, 2),
    pool,
    ...conv(256, 4),
    pool,
    ...conv(512, 4),
    pool,
    ...conv(512, 4),
    pool,
    "fc 4096",
    "fc 4096",
    "fc 1000",
  ]);
});

Deno.test("drawSideBySide() aligns what has the same output size", () => {
  const drawing = readDrawing(drawSideBySide([VGG_19, PLAIN_34]));
  const sizes = drawing.texts.filter(({ text }) => text.startsWith("output"));
  assertEquals(
    sizes.map(({ text }) => text),
    [224, 112, 56, 28, 14, 7, 1].map((size) => `output size: ${size}`),
  );
  const inBand = (size: number, column: "VGG" | "plain") => {
    const band = sizes.findIndex(({ text }) => text.endsWith(` ${size}`));
    const from = sizes[band]!.top - 10;
    const to = sizes[band + 1]?.top ?? drawing.height;
    const heading = drawing.texts.find(({ text }) => text.startsWith(column))!;
    const x = (heading.left + heading.right) / 2;
    return drawing.boxes.filter((box) =>
      box.left < x && x < box.right && box.top > from && box.top < to - 10 &&
      box.label !== ""
    );
  };
  const first = (column: "VGG" | "plain") =>
    [224, 112, 56, 28, 14, 7, 1].map((size) => inBand(size, column)[0]!.top);
  assertEquals(first("VGG"), first("plain"));
  // R15 Fig. 3, at output size 28: a pooling and four layers beside eight.
  assertEquals(
    inBand(28, "VGG").map(({ label }) => label),
    ["2x2 max pool, /2", ...Array(4).fill("3x3 conv, 512")],
  );
  assertEquals(
    inBand(28, "plain").map(({ label }) => label),
    ["3x3 conv, 128, /2", ...Array(7).fill("3x3 conv, 128")],
  );
  assertEquals(inBand(7, "VGG").length, 1);
  assertEquals(inBand(7, "plain").length, 6);
});

Deno.test("draw() colours by output size", () => {
  const drawing = readDrawing(draw(PLAIN_34));
  const fills = new Map<string, Set<string>>();
  for (const { classes, label } of boxesOf(drawing, "weighted")) {
    const filters = /conv, (\d+)$/.exec(label)?.[1];
    if (filters === undefined) continue;
    const colours = fills.get(filters) ?? new Set();
    fills.set(filters, colours.add(classes[1]!));
  }
  assertEquals([...fills.values()].map(({ size }) => size), [1, 1, 1, 1]);
  assertEquals(new Set([...fills.values()].flatMap((set) => [...set])).size, 4);
});

Deno.test("draw() leaves bars out where asked to", () => {
  const drawing = readDrawing(draw(RESNET_34, { bars: false }));
  assertEquals(boxesOf(drawing, "bar"), []);
  assertEquals(boxesOf(drawing, "key"), []);
  assertEquals(boxesOf(drawing, "weighted").length, 34);
});

Deno.test("draw() explains exactly the signs that it uses", () => {
  const signs = (network: Network, options = {}) =>
    readDrawing(draw(network, options)).texts.slice(-4).map(({ text }) => text)
      .filter((text) => /^(BN|ReLU|LRN|dropout|shortcut.*)$/.test(text));
  assertEquals(signs(RESNET_34), [
    "BN",
    "ReLU",
    "shortcut",
    "shortcut where dimensions change",
  ]);
  assertEquals(signs(PLAIN_34), ["BN", "ReLU"]);
  assertEquals(signs(VGG_19), ["ReLU", "dropout"]);
  assertEquals(signs(PLAIN_34, { bars: false }), []);
});

Deno.test("draw() can be read, whatever the network", () => {
  const drawings = [
    draw(cifarResNet({ depth: 20 })),
    drawSideBySide([VGG_19, PLAIN_34, RESNET_34]),
    drawSideBySide([VGG_19, PLAIN_34, RESNET_34], { bars: false }),
    draw(RESNET_152, { theme: "dark" }),
    drawSideBySide([cifarPlain({ depth: 1202 }), cifarResNet({ depth: 1202 })]),
    draw(preActivationNetwork(3)),
    draw(INCEPTION),
    drawSideBySide(
      [...Object.entries(PLACEMENTS), ...Object.entries(SHORTCUTS)]
        .map(([name, unit]) => networkOf(name, unit)),
    ),
    draw({
      ...VGG_19,
      name: "a name that is much longer than a column is wide",
    }),
    draw({ ...VGG_19, name: "긴 이름을 가진 신경망" }),
    draw({
      name: "fully connected",
      input: [28, 20, 1],
      layers: [flatten("flatten"), dense("fc", 10)],
    }),
  ];
  for (const svg of drawings) assertReadable(svg);
});

Deno.test("drawSideBySide() throws on no network and draw() on an unknown theme", () => {
  assertThrows(
    () => drawSideBySide([]),
    RangeError,
    "Expected at least one network but found none",
  );
  assertThrows(
    () => draw(VGG_19, { theme: "sepia" as "dark" }),
    RangeError,
    'Expected theme to be one of "transparent", "light", "dark", "auto" but found "sepia"',
  );
});
