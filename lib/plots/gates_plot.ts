import type { CarriedShare } from "../measurements/carried_shares.ts";
import type { GateOpenness } from "../measurements/gate_openness.ts";
import type { Figure, ScatterTrace } from "./figure.ts";
import { MUTED } from "./house_look.ts";
import { layerLines } from "./layer_lines.ts";
import { sideBySide } from "./side_by_side.ts";
import { gateOpennessPlot } from "./unit_plots.ts";

/** What was measured of the gates of one network. */
export interface Gates {
  /** Such as "bias -2". */
  readonly name: string;
  readonly openness: readonly GateOpenness[];
  readonly carried: readonly CarriedShare[];
}

/**
 * Draws the mean transform gate of each unit (left), and what the shortcuts up to
 * it together let through, by powers of ten (right); a dotted line is what
 * identity shortcuts let through, all of it.
 *
 * @throws {RangeError} If there are no networks.
 */
export function gatesPlot(
  networks: readonly Gates[],
  title = "Gates, and what the shortcuts carry",
): Figure {
  const openness = gateOpennessPlot(
    networks.map(({ name, openness }) => ({ name, found: openness })),
    "mean of T",
  );
  const carried = layerLines(
    networks.map(({ name, carried }) => ({
      name,
      values: carried.map(({ share }) => share > 0 ? share : NaN),
      layers: carried.map(({ unit }) => unit),
    })),
    {
      title: "mean of the product of 1 − T",
      across: "unit, from input to output",
      yaxis: {
        title: { text: "share carried" },
        type: "log",
        exponentformat: "power",
      },
    },
  );
  const units = Math.max(...networks.map(({ carried }) => carried.length));
  const identity: ScatterTrace = {
    type: "scatter",
    mode: "lines",
    name: "identity shortcuts",
    x: [1, units],
    y: [1, 1],
    line: { color: MUTED, width: 1.5, dash: "dot" },
    hovertemplate: "identity shortcuts carry all",
  };
  carried.data.push(identity);
  return sideBySide([openness, carried], { title, sharedY: false });
}
