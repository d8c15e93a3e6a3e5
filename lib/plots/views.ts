import { R15_SCALES } from "../images/class_scores.ts";
import { type CropOptions, tenCropPlaces } from "../images/judging_views.ts";
import { resizedTo } from "../images/resample.ts";
import { brightness, type TestPicture } from "../images/test_picture.ts";
import type {
  Annotation,
  Axis,
  Figure,
  HeatmapTrace,
  Shape,
} from "./figure.ts";
import { figure, INK, MUTED, PALETTE, WIDE } from "./house_look.ts";

/** Cells that a picture is drawn with, along its shorter side. */
const CELLS = 48;

/**
 * Draws the ten crops of a picture (Krizhevsky et al. 2012, section 4.1): on the
 * left the picture with the five parts that are cut out, on the right the same
 * on its mirror image.
 *
 * @param picture The picture, of any size.
 * @param options What its shorter side is resized to, and a crop's size.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { testPicture } from "../images/test_picture.ts";
 * import { drawTenCrops } from "./views.ts";
 *
 * const crops = { size: 224, shorterSide: 256 };
 * const { layout } = drawTenCrops(testPicture(48, 64), crops);
 * assertEquals(layout?.shapes?.length, 10);
 * ```
 */
export function drawTenCrops(
  picture: TestPicture,
  options: CropOptions,
): Figure {
  const { height, width } = picture;
  const { resized, boxes } = tenCropPlaces([height, width], options);
  const [rows, columns] = resized;
  const gap = columns / 8;
  const cells = brightness(picture, CELLS);
  const mirrored = cells.map((line) => line.toReversed());
  return onPaper({
    images: [
      heatmap(cells, [rows, columns], 0, "picture"),
      heatmap(mirrored, [rows, columns], columns + gap, "mirror image"),
    ],
    shapes: [0, columns + gap].flatMap((start) =>
      boxes.map(({ top, left, size }, i): Shape => {
        // Within the mirror image a box lies on the other side.
        const from = start === 0 ? left : start + columns - left - size;
        return box([from, top, size, size], PALETTE[i]!);
      })
    ),
    annotations: [
      above("the picture, 5 crops", 0),
      above("its mirror image, the same 5", columns + gap),
    ],
    extent: [rows, 2 * columns + gap],
    title: `10-crop: shorter side ${options.shorterSide}, crops of ` +
      `${options.size} x ${options.size}`,
  });
}

/**
 * Draws a picture at several scales, each with the square that a network reads
 * in training: the fully-convolutional form reads such a square at each place of
 * a grid (R15 section 3.4).
 *
 * @param picture The picture, of any size.
 * @param options The square's size, lengths of the shorter side (default R15's),
 * and pixels from one place to the next (default 32, five halvings).
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { testPicture } from "../images/test_picture.ts";
 * import { drawScales } from "./views.ts";
 *
 * const scales = drawScales(testPicture(48, 64), { size: 224 });
 * assertEquals(scales.data.map(({ name }) => name), [
 *   "shorter side 224",
 *   "shorter side 256",
 *   "shorter side 384",
 *   "shorter side 480",
 *   "shorter side 640",
 * ]);
 * ```
 */
export function drawScales(
  picture: TestPicture,
  { size, scales = R15_SCALES, step = 32 }: {
    readonly size: number;
    readonly scales?: readonly number[];
    readonly step?: number;
  },
): Figure {
  const { height, width } = picture;
  const cells = brightness(picture, CELLS);
  const sizes = scales.map((scale) => resizedTo([height, width], scale));
  const gap = 60;
  const starts = sizes.map((_, i) =>
    sizes.slice(0, i).reduce((sum, [, columns]) => sum + columns + gap, 0)
  );
  return onPaper({
    images: sizes.map((resized, i) =>
      heatmap(cells, resized, starts[i]!, `shorter side ${scales[i]}`)
    ),
    shapes: starts.map((start) => box([start, 0, size, size], PALETTE[1]!)),
    annotations: sizes.map((resized, i) => {
      const [down, across] = resized.map((length) =>
        placesAlong(length, size, step)
      );
      return above(`${scales[i]}<br>${down} x ${across}`, starts[i]!);
    }),
    extent: [
      Math.max(...sizes.map(([rows]) => rows)),
      starts.at(-1)! + sizes.at(-1)![1],
    ],
    title: `A picture at ${scales.length} scales: shorter side, and places ` +
      `of the square`,
  });
}

/** Places of a square along a side: on a map of a pixel for each step. */
function placesAlong(length: number, size: number, step: number): number {
  return Math.ceil(length / step) - Math.ceil(size / step) + 1;
}

/** What is drawn on one plane, in pixels, downward from its upper edge. */
interface Plane {
  readonly images: HeatmapTrace[];
  readonly shapes: Shape[];
  readonly annotations: Annotation[];
  readonly extent: readonly [rows: number, columns: number];
  readonly title: string;
}

const ROOM = { sides: 48, above: 96, below: 24 } as const;

function onPaper(
  { images, shapes, annotations, extent, title }: Plane,
): Figure {
  const [rows, columns] = extent;
  // A pixel is as wide as high.
  const height = (WIDE - ROOM.sides) * rows / columns;
  const axis: Axis = { visible: false, showgrid: false };
  return figure(images, {
    width: WIDE,
    height: Math.round(height) + ROOM.above + ROOM.below,
    margin: {
      l: ROOM.sides / 2,
      r: ROOM.sides / 2,
      t: ROOM.above,
      b: ROOM.below,
    },
    title: { text: title },
    xaxis: { ...axis, range: [0, columns] },
    yaxis: { ...axis, range: [rows, 0] },
    shapes,
    annotations,
  });
}

function heatmap(
  z: number[][],
  [rows, columns]: readonly [number, number],
  start: number,
  name: string,
): HeatmapTrace {
  const middles = (count: number, length: number, from: number) =>
    Array.from(
      { length: count },
      (_, i) => Math.round(10 * (from + (i + 0.5) * length / count)) / 10,
    );
  return {
    type: "heatmap",
    name,
    z,
    x: middles(z[0]?.length ?? 0, columns, start),
    y: middles(z.length, rows, 0),
    colorscale: "Greys",
    zmin: 0,
    zmax: 255,
    showscale: false,
    hovertemplate: `${name}<br>brightness %{z}<extra></extra>`,
  };
}

function box(
  [left, top, width, height]: readonly [number, number, number, number],
  color: string,
): Shape {
  return {
    type: "rect",
    xref: "x",
    yref: "y",
    x0: left,
    x1: left + width,
    y0: top,
    y1: top + height,
    line: { color, width: 3 },
    layer: "above",
  };
}

function above(text: string, x: number): Annotation {
  return {
    text,
    x,
    y: 0,
    xref: "x",
    yref: "y",
    xanchor: "left",
    yanchor: "bottom",
    align: "left",
    showarrow: false,
    font: { size: 13, color: text.includes("<br>") ? INK : MUTED },
  };
}
