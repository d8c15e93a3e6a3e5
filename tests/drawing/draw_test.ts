import {
  assert,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import { draw, drawSideBySide } from "../../lib/drawing/draw.ts";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import {
  batchNorm,
  convolution,
  dense,
  flatten,
  globalAveragePool,
  type Network,
  relu,
} from "../../lib/networks/layer.ts";
import { assertReadable } from "./assert_readable.ts";
import {
  INCEPTION,
  inception,
  networkOf,
  PLACEMENTS,
  PLAIN_34,
  preActivationNetwork,
  RESNET_152,
  RESNET_34,
  SHARED_PRE_ACTIVATION,
  SHORTCUTS,
  VGG_19,
} from "./example_networks.ts";
import {
  arcsOf,
  boxesOf,
  flowAlong,
  type ReadDrawing,
  readDrawing,
} from "./read_drawing.ts";

const UNFOLDED = { fold: false };

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
    const drawing = readDrawing(draw(network, UNFOLDED));
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
  assertEquals(times(cifarResNet({ depth: 44 }), UNFOLDED), []);
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

/** Where the flow of a drawing's only network is. */
function flowOf(svg: string): string {
  const drawing = readDrawing(svg);
  const image = drawing.boxes.find(({ classes }) => classes[0] === "image")!;
  return flowAlong(drawing, (image.left + image.right) / 2);
}

Deno.test("draw() tells the five placements of R16 Fig. 4 apart", () => {
  const flow = (unit: keyof typeof PLACEMENTS) =>
    flowOf(draw(networkOf(unit, PLACEMENTS[unit])));
  // Image, convolution, normalisation, activation; pooling and classifier.
  const around = (unit: string) => `pwna${unit}pw`;
  assertEquals(flow("original"), around("wnawn+a"));
  assertEquals(flow("normAfterAddition"), around("wnaw+na"));
  assertEquals(flow("reluBeforeAddition"), around("wnawna+"));
  assertEquals(flow("reluOnly"), around("awnawn+"));
  assertEquals(flow("preActivation"), around("nawnaw+"));
});

Deno.test("draw() puts a shared BN and ReLU before the ways part", () => {
  const drawing = readDrawing(
    draw(networkOf("shared", SHARED_PRE_ACTIVATION)),
  );
  const [arc] = arcsOf(drawing);
  const bars = drawing.boxes.filter(({ classes }) => classes[0] === "bar");
  // One pair after the first convolution, one shared, one inside the unit.
  assertEquals(bars.length, 6);
  assertEquals(
    bars.filter(({ bottom }) => bottom < arc!.points[0]![1]).length,
    4,
  );
  assert(drawing.texts.some(({ text }) => text === "1x1 conv, 32, /2"));
});

Deno.test("draw() shows what is on a shortcut", () => {
  const words = (unit: keyof typeof SHORTCUTS) => {
    const drawing = readDrawing(draw(networkOf(unit, SHORTCUTS[unit])));
    return [
      ...drawing.texts.map(({ text }) => text.trim()),
      ...drawing.circles.map(({ sign }) => sign),
    ];
  };
  const has = (unit: keyof typeof SHORTCUTS, expected: string[]) => {
    const all = words(unit);
    for (const one of expected) assert(all.includes(one), `${unit}: ${one}`);
  };
  has("constantScaling", ["× 0.5"]);
  has("dropout", ["dropout 0.5"]);
  has("convolution", ["1x1 conv, 16"]);
  has("exclusiveGating", ["1 − g", "g: 1x1 conv, 16", "sigmoid", "g"]);
  has("shortcutGating", ["1 − g", "g: 1x1 conv, 16", "sigmoid"]);
  const products = (unit: keyof typeof SHORTCUTS) =>
    words(unit).filter((word) => word === "×").length;
  assertEquals(products("exclusiveGating"), 2);
  assertEquals(products("shortcutGating"), 1);
  assertEquals(products("dropout"), 0);
});

Deno.test("draw() puts branches side by side above their concatenation", () => {
  const drawing = readDrawing(
    draw(networkOf("inception", inception("3a", [64, 96, 128, 16, 32, 32]))),
  );
  const [join] = boxesOf(drawing, "join");
  assertEquals(join!.label, "concat, 256"); // 64 + 128 + 32 + 32
  const named = (label: string) =>
    drawing.boxes.find((box) => box.label === label)!;
  const tops = ["1x1 conv, 64", "1x1 conv, 96", "1x1 conv, 16", "3x3 max pool"]
    .map(named);
  assertEquals(new Set(tops.map(({ top }) => top)).size, 1);
  const bottoms = [
    "1x1 conv, 64",
    "3x3 conv, 128",
    "5x5 conv, 32",
    "1x1 conv, 32",
  ].map(named);
  for (const box of [...tops, ...bottoms]) {
    assert(box.bottom < join!.top);
    assert(box.left >= join!.left && box.right <= join!.right);
  }
  const lefts = bottoms.map(({ left }) => left);
  assertEquals(lefts, lefts.toSorted((a, b) => a - b));
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

Deno.test("drawSideBySide() throws on no network and draw() on an unknown theme", () => {
  assertThrows(
    () => drawSideBySide([]),
    RangeError,
    "Expected at least one network but found none",
  );
  assertThrows(
    () => draw(VGG_19, { theme: "sepia" as "dark" }),
    RangeError,
    'Expected the theme to be auto, light or dark but found "sepia"',
  );
});
