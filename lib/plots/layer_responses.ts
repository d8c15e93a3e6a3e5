import {
  byMagnitude,
  type LayerResponse,
  type NetworkResponses,
} from "../measurements/layer_responses.ts";
import type { Figure } from "./figure.ts";
import { layerLines } from "./layer_lines.ts";
import { sideBySide } from "./side_by_side.ts";

/**
 * Draws the standard deviations of layer responses as Fig. 7 of R15 does: on the
 * left in the order of the layers (its upper half), on the right sorted by
 * magnitude (its lower half). The paper prints no figures there: what it says in
 * words stands below the title.
 *
 * @param scale Of the deviations. Default "linear", as in the paper; "log" where
 * they differ by powers of ten, as early in training.
 * @throws {RangeError} If there are no networks.
 */
export function layerResponsesPlot(
  networks: readonly NetworkResponses[],
  title = "Standard deviations of layer responses",
  scale: "linear" | "log" = "linear",
): Figure {
  const panel = (
    heading: string,
    across: string,
    order: (responses: readonly LayerResponse[]) => readonly LayerResponse[],
  ) =>
    layerLines(
      networks.map(({ name, responses }) => ({
        name,
        values: order(responses).map(({ deviation }) => deviation),
        layers: order(responses).map(({ path }) => path),
      })),
      {
        title: heading,
        across,
        yaxis: {
          title: { text: "std" },
          ...scale === "log"
            ? { type: "log", dtick: 1 }
            : { rangemode: "tozero" },
        },
      },
    );
  return sideBySide([
    panel("in order", "layer index (original)", (all) => all),
    panel("by magnitude", "layer index (sorted)", byMagnitude),
  ], {
    title,
    subtitle:
      "paper, Fig. 7: ResNets below plain networks, deeper ResNets lower (curves, without figures)",
  });
}
