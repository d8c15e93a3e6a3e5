import type { PlacementResult, PlacementRuns } from "../lab/beside_table_2.ts";
import type { PreActivationRow } from "../paper/r16_results.ts";
import { mean } from "../records/mean.ts";
import type { CurvePoint } from "../records/schema.ts";
import { checkAny } from "./check_any.ts";
import type { BarTrace, Figure, ScatterTrace } from "./figure.ts";
import { figure, GRID, PALETTE, PAPER_MARKER } from "./house_look.ts";
import { sideBySide } from "./side_by_side.ts";

/**
 * Draws training loss (left) and test error (right) over the steps, a hue for
 * each placement: the mean of its runs. R16 Fig. 6 shows both in one panel.
 *
 * @throws {RangeError} If there is no run.
 */
export function placementCurves(
  placements: readonly PlacementRuns[],
  title: string,
): Figure {
  const drawn = placements.flatMap(({ name, records }, i) =>
    records.length === 0 ? [] : [{ name, records, color: PALETTE[i]! }]
  );
  checkAny(drawn, "run");
  const panel = (
    heading: string,
    [part, key]: ["train", "loss"] | ["test", "error"],
    words: string,
  ) =>
    figure(
      drawn.map(({ name, records, color }): ScatterTrace => ({
        type: "scatter",
        mode: "lines",
        name,
        legendgroup: name,
        ...meanCurve(records.map(({ curves }) => curves[part]), key),
        line: { color, width: 2 },
        hovertemplate: `step %{x}<br>%{y:.3~r}<extra>${name}</extra>`,
      })),
      {
        title: { text: heading },
        xaxis: { title: { text: "training step" }, rangemode: "tozero" },
        yaxis: { title: { text: words } },
        showlegend: true,
      },
    );
  return sideBySide([
    panel("training loss", ["train", "loss"], "loss"),
    panel("test error", ["test", "error"], "error (%)"),
  ], { title, sharedY: false });
}

/** The mean of curves at the steps that all of them have. */
function meanCurve(
  curves: readonly (readonly CurvePoint[])[],
  key: "loss" | "error",
): { x: number[]; y: number[] } {
  const steps = (curves[0] ?? []).map(({ step }) => step).filter((step) =>
    curves.every((curve) => curve.some((point) => point.step === step))
  );
  return {
    x: steps,
    y: steps.map((step) => {
      const values = curves.map((curve) =>
        curve.find((point) => point.step === step)![key]
      );
      return mean(values);
    }),
  };
}

/** The paper's bars: of what it compares with, and of what it proposes. */
const PAPER = {
  light: { ...PAPER_MARKER, color: GRID },
  dark: PAPER_MARKER,
};

/**
 * Draws the test errors of R16 Table 2, of ResNet-110 and ResNet-164, and ours
 * beside them, each in a panel with a scale of its own: of other depths and
 * budgets, only the order of placements can be compared.
 */
export function placementErrors(
  results: readonly PlacementResult[],
  ours: string,
): Figure {
  const x = results.map(({ placement }) => placement.slice(0, 3));
  const bars = (
    name: string,
    errors: (number | null)[],
    marker: BarTrace["marker"] & object,
    digits: number,
  ): BarTrace => ({
    type: "bar",
    name,
    x,
    y: errors,
    text: errors.map((error) => error?.toFixed(digits) ?? ""),
    textposition: "outside",
    textfont: { size: 12 },
    marker,
    hovertemplate: `%{x} %{y:.2f} %<extra>${name}</extra>`,
  });
  const measured = results.map(({ testError }) => testError);
  return sideBySide([
    figure([
      bars(
        "paper, ResNet-110",
        results.map(({ paper110 }) => paper110),
        PAPER.light,
        2,
      ),
      bars(
        "paper, ResNet-164",
        results.map(({ paper164 }) => paper164),
        PAPER.dark,
        2,
      ),
    ], {
      title: { text: "R16 Table 2" },
      xaxis: { type: "category" },
      yaxis: { title: { text: "test error (%)" }, range: [0, 10] },
      showlegend: true,
    }),
    figure([bars(ours, measured, { color: PALETTE[0]! }, 1)], {
      title: { text: "ours" },
      xaxis: { type: "category", categoryarray: x, range: [-0.5, 4.5] },
      yaxis: {
        title: { text: "test error (%)" },
        range: [0, 1.25 * Math.max(1, ...measured.map((error) => error ?? 0))],
      },
      showlegend: true,
    }),
  ], { title: "Where the activation stands: test error", sharedY: false });
}

/**
 * Draws where runs ended: across the training loss, upward the test error. A
 * design that eases optimisation moves its runs to the left; one that regularises
 * moves them down at the same training loss.
 *
 * @throws {RangeError} If no run has a training loss.
 */
export function lossAgainstError(
  placements: readonly PlacementRuns[],
  title: string,
): Figure {
  const data = placements.flatMap(({ name, records }, i): ScatterTrace[] => {
    const ended = records.filter(({ final }) => final.trainLoss !== null);
    if (ended.length === 0) return [];
    return [{
      type: "scatter",
      mode: "markers",
      name,
      x: ended.map(({ final }) => final.trainLoss!),
      y: ended.map(({ final }) => final.testError),
      text: ended.map(({ seed }) => `seed ${seed}`),
      marker: { color: PALETTE[i]!, size: 12 },
      hovertemplate:
        `%{text}<br>training loss %{x:.3f}<br>test error %{y:.2f} %<extra>${name}</extra>`,
    }];
  });
  checkAny(data, "run");
  return figure(data, {
    title: { text: title },
    xaxis: { title: { text: "training loss at the end" } },
    yaxis: { title: { text: "test error (%)" } },
    showlegend: true,
  });
}

/**
 * Draws R16 Table 3: the test errors of networks with original units and with
 * full pre-activation, a panel for each data set.
 */
export function preActivationErrors(
  rows: readonly PreActivationRow[],
): Figure {
  const panels = Map.groupBy(rows, ({ dataset }) => dataset).entries()
    .map(([dataset, members]) => {
      const x = members.map(({ name }) =>
        name.replace(`, ${dataset}`, "").replace("ResNet-", "")
          .replace(", one layer a unit", ", 1-layer")
      );
      const bars = (
        name: string,
        y: number[],
        marker: BarTrace["marker"] & object,
      ): BarTrace => ({
        ...{ type: "bar", name, legendgroup: name, x, y, marker },
        text: y.map((error) => error.toFixed(2)),
        textposition: "outside",
        textfont: { size: 12 },
        hovertemplate:
          `${dataset}, ResNet-%{x}<br>%{y:.2f} %<extra>${name}</extra>`,
      });
      const baseline = members.map((row) => row.baseline);
      return figure([
        bars("paper, original units", baseline, PAPER.light),
        bars(
          "paper, full pre-activation",
          members.map((row) => row.preActivation),
          PAPER.dark,
        ),
      ], {
        title: { text: dataset },
        xaxis: { type: "category", title: { text: "ResNet of … layers" } },
        yaxis: {
          title: { text: "test error (%)" },
          range: [0, 1.2 * Math.max(...baseline)],
        },
        showlegend: true,
      });
    });
  return sideBySide([...panels], { title: "R16 Table 3", sharedY: false });
}
