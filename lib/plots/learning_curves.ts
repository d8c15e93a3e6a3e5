import { checkAny } from "./check_any.ts";
import type {
  Annotation,
  Figure,
  Layout,
  ScatterTrace,
  Shape,
} from "./figure.ts";
import {
  figure,
  hues,
  isPlain,
  MUTED,
  nameParts,
  PALETTE,
  testLine,
  trainingLine,
  WIDE,
} from "./house_look.ts";
import { sideBySide } from "./side_by_side.ts";

/** A point of a learning curve. */
export interface CurvePoint {
  /** The number of training steps taken. */
  readonly step: number;
  /** The mean loss at this step. */
  readonly loss: number;
  /** The top-1 error at this step, in per cent. */
  readonly error: number;
}

/** A run's learning curves. A lab record is one, given its network's name. */
export interface CurveRun {
  /** The network's name, such as "ResNet-56". */
  readonly name: string;
  /** What was measured while it trained. */
  readonly curves: {
    /** On the training images. */
    readonly train: readonly CurvePoint[];
    /** On the test images. */
    readonly test: readonly CurvePoint[];
  };
}

/** A level to compare a curve with. */
export interface ReferenceLevel {
  /** The level, in the figure's quantity. */
  readonly value: number;
  /** What it is, as words at the line. */
  readonly label: string;
}

/** Options for {@linkcode learningCurves}. */
export interface LearningCurvesOptions {
  /** What is drawn: top-1 error in per cent, or loss. Default: "error". */
  quantity?: "error" | "loss";
  /** The figure's title. */
  title?: string;
  /** Levels drawn as horizontal lines. */
  reference?: readonly ReferenceLevel[];
  /**
   * Whether all runs share one panel, whatever their family, each with a hue of
   * its own. Default false.
   */
  together?: boolean;
  /** The last step on the axis, so that a running figure keeps its scale. */
  steps?: number;
}

const TITLES = {
  error: "Error over training",
  loss: "Loss over training",
} as const;

const NOTE = "thin, dashed: training images · bold: test images";

/**
 * Draws error, or loss, over training steps as Fig. 1 and Fig. 6 of He et al.
 * 2015 do: a hue for each depth, thin and dashed on the training images, bold
 * on the test images, a panel for each family of networks (plain, ResNet).
 * With several panels, the legend names depths.
 *
 * Values that are not finite, as a diverged run has them, leave gaps.
 *
 * @example Usage
 * ```ts
 * import { learningCurves } from "./learning_curves.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const points = [
 *   { step: 10, loss: 2.1, error: 80 },
 *   { step: 20, loss: 1.7, error: 62 },
 * ];
 * const { data } = learningCurves([
 *   { name: "plain-20", curves: { train: points, test: points } },
 * ]);
 * assertEquals(data.map((trace) => trace.name), [
 *   "plain-20 training",
 *   "plain-20",
 * ]);
 * ```
 *
 * @param runs The runs, in the order of the legend.
 * @param options What is drawn, title, reference levels.
 * @returns The figure.
 * @throws {RangeError} If there are no runs.
 */
export function learningCurves(
  runs: readonly CurveRun[],
  options: LearningCurvesOptions = {},
): Figure {
  checkAny(runs, "run");
  const colors = options.together
    ? runs.map((_, index) => PALETTE[index % PALETTE.length]!)
    : hues(runs.map((run) => run.name));
  const familyOf = ({ name }: CurveRun) =>
    options.together ? "" : nameParts(name).family;
  const families = [...new Set(runs.map(familyOf))];
  const panels = families.map((family) =>
    panel(
      runs.flatMap((run, index) => {
        const { depth } = nameParts(run.name);
        if (familyOf(run) !== family) return [];
        // The headings name the families: one legend by depth serves them all.
        const label = families.length > 1 && depth !== null
          ? `${depth} layers`
          : run.name;
        return [{ run, label, color: colors[index]! }];
      }),
      options,
    )
  );
  const title = options.title ?? TITLES[options.quantity ?? "error"];
  if (panels.length === 1) {
    const { data, layout } = panels[0]!;
    return figure(data, {
      ...layout,
      // Names of many families are long.
      ...options.together && { width: WIDE },
      title: { text: title, subtitle: { text: NOTE } },
    });
  }
  const headed = panels.map(({ data, layout }, index) => ({
    data,
    layout: { ...layout, title: { text: panelTitle(families[index]!) } },
  }));
  return sideBySide(headed, { title, subtitle: NOTE });
}

function panelTitle(family: string): string {
  if (isPlain(family)) return "plain networks";
  return family.endsWith("Net") ? `${family}s` : `${family} networks`;
}

function panel(
  members: readonly { run: CurveRun; label: string; color: string }[],
  { quantity = "error", reference = [], steps }: LearningCurvesOptions,
): { data: ScatterTrace[]; layout: Layout } {
  const named = new Set<string>();
  const data = members.flatMap(({ run, label, color }) => {
    const showlegend = !named.has(run.name);
    named.add(run.name);
    const unit = quantity === "error" ? " %" : "";
    const hover = (images: string) =>
      `step %{x}<br>%{y:.3~r}${unit}<extra>${run.name}, ${images}</extra>`;
    const shared = {
      type: "scatter",
      mode: "lines",
      legendgroup: label,
    } as const;
    return [
      {
        ...shared,
        ...coordinates(run.curves.train, quantity),
        name: `${label} training`,
        line: trainingLine(color),
        showlegend: false,
        hovertemplate: hover("training"),
      },
      {
        ...shared,
        ...coordinates(run.curves.test, quantity),
        name: label,
        line: testLine(color),
        showlegend,
        hovertemplate: hover("test"),
      },
    ] satisfies ScatterTrace[];
  });
  const layout: Layout = {
    xaxis: {
      title: { text: "training step" },
      ...(steps === undefined
        ? { rangemode: "tozero" }
        : { range: [0, steps] }),
    },
    yaxis: {
      title: { text: quantity === "error" ? "error (%)" : "loss" },
      rangemode: "tozero",
    },
    showlegend: true,
    shapes: reference.map(({ value }) => level(value)),
    annotations: reference.map(levelLabel),
  };
  return { data, layout };
}

/** A curve as plotly's two lists, with gaps where it is not finite. */
function coordinates(
  points: readonly CurvePoint[],
  quantity: "error" | "loss",
): { x: number[]; y: (number | null)[] } {
  return {
    x: points.map((point) => point.step),
    y: points.map((point) =>
      Number.isFinite(point[quantity]) ? point[quantity] : null
    ),
  };
}

function level(value: number): Shape {
  return {
    type: "line",
    xref: "x domain",
    x0: 0,
    x1: 1,
    yref: "y",
    y0: value,
    y1: value,
    line: { color: MUTED, width: 1.5, dash: "dot" },
  };
}

function levelLabel({ value, label }: ReferenceLevel): Annotation {
  return {
    text: label,
    xref: "x domain",
    x: 0.99,
    xanchor: "right",
    yref: "y",
    y: value,
    yanchor: "bottom",
    showarrow: false,
    font: { size: 12, color: MUTED },
  };
}
