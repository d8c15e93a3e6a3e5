import { Resvg } from "@resvg/resvg-js";
import { escape } from "@std/html";
import { fontFiles, PICTURE_FONT } from "./fonts.ts";

/** Options for {@linkcode rasterize}. */
export interface RasterizeOptions {
  /** Pixels of the picture for each pixel of the drawing. Default: 2. */
  scale?: number;
}

/** What resvg is told about fonts: ours, and none of the machine's. */
const fonts = {
  loadSystemFonts: false,
  fontFiles: fontFiles(),
  defaultFontFamily: PICTURE_FONT,
  sansSerifFamily: PICTURE_FONT,
};

/**
 * Draws an SVG as a PNG with the fonts that ship with the project. What the SVG
 * does not paint is transparent.
 *
 * @param svg The drawing.
 * @param options How large the picture is.
 * @returns The bytes of the PNG.
 */
export function rasterize(
  svg: string,
  options: RasterizeOptions = {},
): Uint8Array<ArrayBuffer> {
  const { scale = 2 } = options;
  const drawing = new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    font: fonts,
  });
  return new Uint8Array(drawing.render().asPng());
}

const widths = new Map<string, number>();

/**
 * The width of a line of text at a font size of 1.
 *
 * @param text The line.
 * @param bold Whether it is set bold.
 * @returns The width, in units of the font size.
 */
export function textWidth(text: string, bold = false): number {
  const key = `${bold ? "b" : ""}:${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    const weight = bold ? ` font-weight="bold"` : "";
    const drawing = new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="200">` +
        `<text y="100" font-size="100"${weight}>${escape(text)}</text></svg>`,
      { font: fonts },
    );
    width = (drawing.getBBox()?.width ?? 0) / 100;
    widths.set(key, width);
  }
  return width;
}
