import { encodeBase64 } from "@std/encoding";
import { escape } from "@std/html";
import type { Dataset, LabelledImages } from "../data/dataset.ts";
import { encodePng } from "../plots/canvas.ts";
import { FONT_FAMILY, INK } from "../plots/house_look.ts";
import { type Output, svg } from "./bundle.ts";

/** An image's size; 1 channel is grey, 3 are red, green and blue. */
export type ImageSize = Pick<Dataset, "height" | "width" | "channels">;

/** Images in a row. */
const COLUMNS = 8;

/** Width and height of an image as it is shown, in pixels. */
const SIDE = 88;
const GAP = 24;
const LINE = 16;

/**
 * The first images of a set, enlarged, each above its caption.
 *
 * @param set The images.
 * @param size Size of an image, such as a data set is.
 * @param captions Words for each of the first images, in order: as many images
 * are shown. A line break begins another line.
 * @returns A drawing, at most 8 images in a row.
 * @throws {RangeError} If there are no captions, or more than images.
 */
export function imageGrid(
  set: LabelledImages,
  size: ImageSize,
  captions: readonly string[],
): Output {
  const shown = captions.length;
  if (shown === 0 || shown > set.count) {
    throw new RangeError(
      `Expected captions of 1 to ${set.count} images but found ${shown}`,
    );
  }
  const lines = captions.map((caption) => caption.split("\n"));
  const cell = SIDE + GAP +
    LINE * Math.max(...lines.map(({ length }) => length));
  const columns = Math.min(COLUMNS, shown);
  const width = columns * (SIDE + GAP) + GAP;
  const height = Math.ceil(shown / columns) * (cell + GAP) + GAP;
  const bytes = size.height * size.width * size.channels;
  const drawn = lines.map((words, i) => {
    const x = GAP + (i % columns) * (SIDE + GAP);
    const y = GAP + Math.floor(i / columns) * (cell + GAP);
    const pixels = set.images.subarray(i * bytes, (i + 1) * bytes);
    const data = encodeBase64(encodePng(inColour(pixels, size)));
    return `<image x="${x}" y="${y}" width="${SIDE}" height="${SIDE}" style="image-rendering: pixelated" href="data:image/png;base64,${data}"/>` +
      words.map((line, row) =>
        `<text x="${x + SIDE / 2}" y="${y + SIDE + LINE * (row + 1)}">${
          escape(line)
        }</text>`
      ).join("");
  });
  return svg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT_FAMILY}" font-size="12" fill="${INK}" text-anchor="middle">${
      drawn.join("")
    }</svg>`,
    `[images: ${
      captions.map((words) => words.replaceAll("\n", " ")).join(", ")
    }]`,
  );
}

/** An image as red, green, blue and alpha, 8 bits each. */
function inColour(
  values: Uint8Array,
  { height, width, channels }: ImageSize,
): Parameters<typeof encodePng>[0] {
  const data = new Uint8ClampedArray(height * width * 4).fill(255);
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let colour = 0; colour < 3; colour++) {
      const channel = Math.min(colour, channels - 1);
      data[4 * pixel + colour] = values[channels * pixel + channel] ?? 0;
    }
  }
  return { height, width, data };
}
