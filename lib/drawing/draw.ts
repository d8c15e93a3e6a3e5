import { checkOptions, type OptionNames } from "../data/check_options.ts";
import { depthOf } from "../networks/count.ts";
import type { Network } from "../networks/layer.ts";
import { columnOf } from "./column.ts";
import { describe } from "./describe.ts";
import { sheetOf } from "./sheet.ts";
import { writeSvg } from "./svg.ts";
import type { Theme } from "./theme.ts";

/** Options of {@linkcode draw}. */
export interface DrawOptions {
  /**
   * "transparent", "light", "dark", or "auto": light or dark as the reader's
   * system has it. Default "transparent": as figures, it fits in with any page.
   */
  readonly theme?: Theme;
  /**
   * Whether equal units that follow each other are drawn once, with their
   * number. By default they are in networks of more than 40 layers.
   */
  readonly fold?: boolean;
  /**
   * Whether normalisations, activations and dropout are drawn, as thin bars.
   * R15 Fig. 3 leaves them out. Default true.
   */
  readonly bars?: boolean;
}

const OPTIONS: OptionNames<DrawOptions> = {
  theme: true,
  fold: true,
  bars: true,
};

/** Layers up to which a network is drawn in full. */
const MOST_LAYERS = 40;

/**
 * Draws a network as R15 Fig. 3 does: from the image at the top down to the
 * classifier, a box for each weighted layer and each pooling, coloured by
 * output size; shortcuts as arcs at the side, solid, or dotted where
 * dimensions change. Thin bars are normalisations and activations.
 *
 * @returns The text of an SVG, the same for the same network.
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If shapes do not fit, or there is no such theme.
 *
 * @example In a notebook: `svg(draw(network))`
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { draw } from "./draw.ts";
 *
 * const drawing = draw(cifarResNet({ depth: 20 }), { theme: "light" });
 * assertStringIncludes(drawing, ">3x3 conv, 32, /2</text>");
 * ```
 */
export function draw(network: Network, options: DrawOptions = {}): string {
  return drawSideBySide([network], options);
}

/**
 * Draws networks beside each other (R15 Fig. 3), what has the same output size
 * at the same height.
 *
 * @returns The text of an SVG.
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If there is no network, shapes do not fit, or there is
 * no such theme.
 */
export function drawSideBySide(
  networks: readonly Network[],
  options: DrawOptions = {},
): string {
  checkOptions(options, OPTIONS);
  if (networks.length === 0) {
    throw new RangeError("Expected at least one network but found none");
  }
  const {
    theme = "transparent",
    fold = networks.some((network) => depthOf(network) > MOST_LAYERS),
    bars = true,
  } = options;
  return writeSvg({
    ...sheetOf(networks.map((network) => columnOf(network, { fold, bars }))),
    title: networks.map(({ name }) => name).join(", "),
    description: networks.map(describe).join(" "),
  }, theme);
}
