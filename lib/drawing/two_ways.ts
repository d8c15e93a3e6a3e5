import { type Block, isSomething, type Metrics } from "./block.ts";
import { line, type LineMark, type Mark, moved, words } from "./marks.ts";
import { widthOf } from "./text_width.ts";

/** Layers and their shortcut, each laid out. */
export interface TwoWays {
  readonly body: Block;
  readonly shortcut: Block;
  /** Whether the output differs in shape from the input. */
  readonly changes: boolean;
  readonly metrics: Metrics;
}

/** The same with a gate between. */
export interface GatedWays extends TwoWays {
  readonly gate: Block;
  /** Whether the gate multiplies the body too. */
  readonly both: boolean;
}

/** A straight shortcut with layers on its right, added (R16 Fig. 4). */
export function besideShortcut(ways: TwoWays): Block {
  const { body, shortcut, metrics: { gap, lead, radius, aisle } } = ways;
  const x = Math.max(shortcut.right, radius) + aisle + body.left;
  const top = lead + gap;
  const end = top + Math.max(body.height, shortcut.height);
  const sum = end + gap + radius;
  return {
    left: Math.max(shortcut.left, radius),
    right: x + body.right,
    height: sum + radius,
    marks: [
      line([[0, 0], [0, lead]]),
      ...wayIn(body, x, lead, top),
      line([[x, top + body.height], [x, sum], [radius, sum]], { arrow: true }),
      ...alongShortcut(ways, lead, sum - radius, end),
      { mark: "circle", sign: "+", x: 0, y: sum, radius },
    ],
    top: "line",
    bottom: "circle",
  };
}

/**
 * A straight shortcut multiplied by `1 - g(x)`, the gate on its right, and
 * beside it the layers, multiplied by `g(x)` if the gate opens both (R16
 * Fig. 2).
 */
export function besideGate(ways: GatedWays): Block {
  const { body, gate, shortcut, metrics, both } = ways;
  const { gap, lead, radius, aisle, font, box } = metrics;
  const minus = "1 −";
  const minusWidth = widthOf(minus, font) + 14;
  const gateX = Math.max(
    Math.max(shortcut.right, radius) + aisle + gate.left,
    radius + gap + minusWidth + aisle + gap,
  );
  const x = gateX + gate.right + aisle + body.left;
  const top = lead + gap;
  const end = top + Math.max(body.height, gate.height, shortcut.height);
  const product = end + gap + Math.max(radius, box / 2);
  const sum = product + 2 * radius + gap + 4;
  const minusX = (radius + gateX) / 2;
  const bodyEnd = top + body.height;
  return {
    left: Math.max(shortcut.left, radius),
    right: x + Math.max(body.right, radius),
    height: sum + radius,
    marks: [
      line([[0, 0], [0, lead]]),
      ...wayIn(gate, gateX, lead, top),
      ...wayIn(body, x, lead, top),
      line(
        [[gateX, top + gate.height], [gateX, product], [
          minusX + minusWidth / 2,
          product,
        ]],
        { arrow: true },
      ),
      ...both
        ? gateToBody([gateX, top + gate.height], [x - radius, product])
        : [],
      words("g(x)", [gateX + 6, product - 8], font, { italic: true }),
      {
        mark: "box",
        role: "operation",
        look: "neutral",
        x: minusX - minusWidth / 2,
        y: product - box / 2,
        width: minusWidth,
        height: box,
        label: { text: minus, size: font },
      },
      line([[minusX - minusWidth / 2, product], [radius, product]], {
        arrow: true,
      }),
      ...alongShortcut(ways, lead, product - radius, end),
      { mark: "circle", sign: "×", x: 0, y: product, radius },
      shortcutLine(ways, product + radius, sum - radius),
      ...both ? bodyThroughProduct(x, bodyEnd, product, sum, radius) : [
        line([[x, bodyEnd], [x, sum], [radius, sum]], { arrow: true }),
      ],
      { mark: "circle", sign: "+", x: 0, y: sum, radius },
    ],
    top: "line",
    bottom: "circle",
  };
}

function gateToBody(
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
): Mark[] {
  return [line([[fromX, fromY], [fromX, toY], [toX, toY]], { arrow: true })];
}

function bodyThroughProduct(
  x: number,
  end: number,
  product: number,
  sum: number,
  radius: number,
): Mark[] {
  return [
    line([[x, end], [x, product - radius]], { arrow: true }),
    { mark: "circle", sign: "×", x, y: product, radius },
    line([[x, product + radius], [x, sum], [radius, sum]], { arrow: true }),
  ];
}

/** From the shortcut to what is beside it. */
function wayIn(block: Block, x: number, lead: number, top: number): Mark[] {
  return [
    line([[0, lead], [x, lead], [x, top]], {
      arrow: isSomething(block) && block.top !== "line",
    }),
    ...moved(block.marks, x, top),
  ];
}

/** The shortcut from where ways part, its layers in the middle. */
function alongShortcut(
  ways: TwoWays,
  from: number,
  to: number,
  end: number,
): Mark[] {
  const { shortcut, metrics: { lead, gap } } = ways;
  if (!isSomething(shortcut)) return [shortcutLine(ways, from, to)];
  const top = lead + gap;
  const y = top + (end - top - shortcut.height) / 2;
  return [
    shortcutLine(ways, from, y),
    ...moved(shortcut.marks, 0, y),
    shortcutLine(ways, y + shortcut.height, to),
  ];
}

function shortcutLine(
  { changes }: TwoWays,
  from: number,
  to: number,
): LineMark {
  return line([[0, from], [0, to]], {
    role: "shortcut",
    look: "quiet",
    arrow: true,
    dotted: changes,
    width: 3,
  });
}
