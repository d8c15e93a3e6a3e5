import { countParameters } from "../networks/parameters.ts";
import { depthOf } from "../networks/count.ts";
import type { Network } from "../networks/layer.ts";
import { type Block, repeated, stack } from "./block.ts";
import { type Run, runsOf } from "./bands.ts";
import { type Item, itemsOf } from "./items.ts";
import { countLabel, shapeLabel, sizeLabel, weightOf } from "./labels.ts";
import { type At, layOut } from "./manner.ts";
import { type Hue, type Mark, words } from "./marks.ts";
import { boxWidth, NETWORK_METRICS, networkManner } from "./network_manner.ts";
import { widthOf } from "./text_width.ts";

/** A part of a column that is drawn once its stage's colour is known. */
export interface Entry {
  /** Height and width of its output. */
  readonly size: string;
  readonly draw: (hue: Hue) => Block;
}

/** A network as a column from its image to its classifier. */
export interface Column {
  readonly network: Network;
  readonly runs: readonly Run<Entry>[];
  /** What stands above it. */
  readonly heading: Heading;
}

/** Words around `x = 0` from `y = 0`. */
export interface Heading {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

/** How columns are drawn. */
export interface ColumnOptions {
  /** Whether equal units that follow each other are drawn once. */
  readonly fold: boolean;
  /** Whether normalisations, activations and dropout are drawn. */
  readonly bars: boolean;
}

/** The column of a network. */
export function columnOf(
  network: Network,
  { fold, bars }: ColumnOptions,
): Column {
  const at: At = { path: "", input: network.input };
  const width = Math.max(
    boxWidth(network.layers, at),
    widthOf(imageLabel(network), NETWORK_METRICS.font) + 16,
  );
  const items = itemsOf(network.layers, at, fold)
    .filter((item) => isDrawn(item, bars));
  const entries: Entry[] = [
    { size: sizeLabel(network.input), draw: () => imageBlock(network, width) },
    ...items.map((item) => ({
      size: sizeLabel(item.output),
      draw: (hue: Hue) => itemBlock(item, { width, hue, bars }),
    })),
  ];
  return {
    network,
    runs: runsOf(entries, ({ size }) => size),
    heading: headingOf(network),
  };
}

/** The entries of a column at one size, below each other. */
export function drawEntries(entries: readonly Entry[], hue: Hue): Block {
  return stack(entries.map(({ draw }) => draw(hue)), NETWORK_METRICS);
}

function isDrawn({ layer }: Item, bars: boolean): boolean {
  switch (layer.kind) {
    case "sequence":
    case "residual":
    case "gated":
    case "concatenation":
      return true;
    default: {
      const weight = weightOf(layer);
      return weight === "box" || weight === "bar" && bars;
    }
  }
}

function itemBlock(
  item: Item,
  options: Parameters<typeof networkManner>[0],
): Block {
  const { layer, at, times, last } = item;
  const block = layOut([layer], at, networkManner(options));
  if (times === 1) return block;
  const path = at.path === "" ? layer.name : `${at.path}/${layer.name}`;
  return repeated(block, times, `${path} to ${last}`, NETWORK_METRICS);
}

function imageLabel({ input }: Network): string {
  return `image, ${shapeLabel(input)}`;
}

function imageBlock(network: Network, width: number): Block {
  const { box, font } = NETWORK_METRICS;
  return {
    left: width / 2,
    right: width / 2,
    height: box,
    marks: [{
      mark: "box",
      role: "image",
      look: "neutral",
      x: -width / 2,
      y: 0,
      width,
      height: box,
      label: { text: imageLabel(network), size: font },
    }],
    top: "box",
    bottom: "box",
  };
}

function headingOf(network: Network): Heading {
  const lines = [
    `${depthOf(network)} layers`,
    `${countLabel(countParameters(network))} parameters`,
  ];
  return {
    width: Math.max(
      widthOf(network.name, 14, true),
      ...lines.map((line) => widthOf(line, 10)),
    ),
    height: 46,
    marks: [
      words(network.name, [0, 14], 14, { anchor: "middle", bold: true }),
      ...lines.map((line, i) =>
        words(line, [0, 29 + 13 * i], 10, { anchor: "middle", look: "muted" })
      ),
    ],
  };
}
