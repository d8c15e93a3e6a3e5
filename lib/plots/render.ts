import type { Figure } from "./figure.ts";
import { SIZE } from "./house_look.ts";

/** Options for {@linkcode toSvg}. */
export interface RenderOptions {
  /** Width in pixels. Default: the figure's own. */
  width?: number;
  /** Height in pixels. Default: the figure's own. */
  height?: number;
}

/** Options for {@linkcode toPng}. */
export interface PngOptions extends RenderOptions {
  /** Pixels of the picture for each pixel of the figure. Default: 2. */
  scale?: number;
}

/** The kinds of trace that were seen to come out right without a browser. */
const DRAWN = new Set(["scatter", "bar", "heatmap", "contour"]);

/**
 * Draws a figure as SVG with plotly.js itself, without a browser. The first
 * call loads plotly.js, which takes about a second.
 *
 * @param figure The figure.
 * @param options The size.
 * @returns The text of the SVG.
 * @throws {TypeError} If a trace is of a kind that needs a browser to be drawn
 * (3D, WebGL, maps).
 */
export async function toSvg(
  figure: Figure,
  options: RenderOptions = {},
): Promise<string> {
  for (const { type = "scatter" } of figure.data as { type?: string }[]) {
    if (!DRAWN.has(type)) {
      throw new TypeError(
        `Expected traces of the types ${
          [...DRAWN].join(", ")
        } but found "${type}", which cannot be drawn without a browser`,
      );
    }
  }
  const { PICTURE_FONT } = await import("./fonts.ts");
  const { plotlyWindow } = await import("./plotly_window.ts");
  const { document, Plotly } = await plotlyWindow();
  const width = options.width ?? figure.layout?.width ?? SIZE.width;
  const height = options.height ?? figure.layout?.height ?? SIZE.height;
  const { data, layout } = structuredClone(figure); // plotly writes into both
  const element = document.createElement("div");
  document.body.appendChild(element);
  try {
    await Plotly.newPlot(element, data, {
      ...layout,
      width,
      height,
      font: { ...layout?.font, family: PICTURE_FONT },
    }, { staticPlot: true });
    const address = await Plotly.toImage(element, {
      format: "svg",
      width,
      height,
    });
    return forResvg(
      decodeURIComponent(address.slice(address.indexOf(",") + 1)),
    );
  } finally {
    Plotly.purge(element);
    element.remove();
  }
}

/**
 * What resvg 2.6 does not read: quoted `url('#id')`, without which colour bars
 * come out black, and `pixelated`, without which heatmaps come out blurred.
 */
function forResvg(svg: string): string {
  return svg
    .replace(/url\('([^']*)'\)/g, "url($1)")
    .replace(/image-rendering: ?pixelated/g, "image-rendering: optimizeSpeed");
}

/**
 * Draws a figure as PNG, at twice its size unless told otherwise; transparent
 * where the figure is, so that the picture too can lie on any page.
 *
 * @param figure The figure.
 * @param options The size.
 * @returns The bytes of the PNG.
 * @throws {TypeError} If a trace is of a kind that needs a browser to be drawn.
 */
export async function toPng(
  figure: Figure,
  options: PngOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const svg = await toSvg(figure, options);
  const { rasterize } = await import("./rasterize.ts");
  return rasterize(svg, options);
}
