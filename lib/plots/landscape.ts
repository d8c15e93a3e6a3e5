import type { LossLine, LossPlane } from "../measurements/landscape.ts";
import { checkAny } from "./check_any.ts";
import type { Figure } from "./figure.ts";
import { figure, hues, isPlain, nameParts, testLine } from "./house_look.ts";
import { finiteOrGap } from "./layer_lines.ts";

/** Options of the drawings of landscapes. */
export interface LandscapePlotOptions {
  /** The figure's title. */
  readonly title?: string;
  /** What is drawn. Default "loss". */
  readonly quantity?: "loss" | "error";
  /**
   * Least and largest value that has a colour of its own in a plane, so that two
   * planes can be compared. Default those of the plane.
   */
  readonly between?: readonly [number, number];
}

const LABELS = { loss: "loss", error: "error (%)" } as const;

/**
 * Draws loss, or error, along a direction, a line for each network (Li et al.
 * 2018, Fig. 2): dotted of plain ones. The axis of the loss is logarithmic, since
 * losses differ by powers of ten.
 *
 * @throws {RangeError} If there are no networks.
 */
export function lossLinePlot(
  networks: readonly { readonly name: string; readonly line: LossLine }[],
  { title = "Along a direction", quantity = "loss" }: LandscapePlotOptions = {},
): Figure {
  checkAny(networks, "network");
  const colors = hues(networks.map(({ name }) => name));
  return figure(
    networks.map(({ name, line }, i) => ({
      type: "scatter",
      mode: "lines",
      name,
      x: [...line.positions],
      y: line[quantity].map(finiteOrGap),
      hovertemplate: "%{x:.2f}<br>%{y:.3~g}",
      line: {
        ...testLine(colors[i]!),
        dash: isPlain(nameParts(name).family) ? "dot" : "solid",
      },
    })),
    {
      title: { text: title },
      xaxis: { title: { text: "position along the direction" } },
      yaxis: {
        title: { text: LABELS[quantity] },
        ...quantity === "loss"
          ? { type: "log", exponentformat: "power", dtick: 1 } as const
          : { rangemode: "tozero" } as const,
      },
      showlegend: true,
    },
  );
}

/**
 * Draws loss, or error, over the plane of two directions as lines of one height
 * (Li et al. 2018, Fig. 5). Losses are drawn by their logarithm to the base of
 * 10, since they differ by powers of ten. A point that is not known, or not
 * finite, leaves a hole.
 */
export function lossPlanePlot(
  { x, y, ...values }: LossPlane,
  { title = "Over a plane", quantity = "loss", between }: LandscapePlotOptions =
    {},
): Figure {
  const height = quantity === "loss" ? Math.log10 : (value: number) => value;
  return figure([{
    type: "contour",
    x: [...x],
    y: [...y],
    z: values[quantity].map((row) =>
      row.map((value) => finiteOrGap(height(value)))
    ),
    colorscale: "Cividis",
    ncontours: 20,
    contours: { coloring: "fill" },
    showscale: true,
    ...between && { zmin: height(between[0]), zmax: height(between[1]) },
    hovertemplate: "%{x:.2f}, %{y:.2f}<br>%{z:.3~g}",
  }], {
    title: {
      text: title,
      subtitle: {
        text: quantity === "loss"
          ? "logarithm of the loss, base 10"
          : "error (%)",
      },
    },
    width: 560,
    height: 560,
    xaxis: { title: { text: "along the first direction" } },
    yaxis: { title: { text: "along the second direction" } },
  });
}
