import type { Locator, Page } from "playwright-core";

/** A place in the page, in pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A panel of a figure as it is drawn. */
export interface Panel {
  /** plotly's name for it, such as "x2y". */
  readonly name: string;
  /** How many traces are to be seen in it. */
  readonly traces: number;
  /** How many lines, points, bars or pictures are drawn in it. */
  readonly marks: number;
  /** Places where data are. */
  readonly data: readonly Place[];
}

/** A figure as it is drawn. */
export interface DrawnFigure {
  readonly width: number;
  readonly height: number;
  readonly panels: readonly Panel[];
  /** Words that reach beyond the figure's edges. */
  readonly clipped: readonly string[];
}

/** An axis of plotly's, with what computes pixels. */
interface PlotlyAxis {
  readonly _id: string;
  readonly _offset: number;
  readonly _length: number;
  d2p(value: unknown): number;
}

/** A trace of plotly's, with its defaults. */
interface PlotlyTrace {
  readonly type: string;
  readonly visible: boolean | "legendonly";
  readonly x?: ArrayLike<unknown>;
  readonly y?: ArrayLike<unknown>;
  readonly z?: ArrayLike<ArrayLike<unknown>>;
  readonly xaxis: string;
  readonly yaxis: string;
}

/** An element that plotly drew in. */
interface PlotlyElement {
  readonly _fullData: readonly PlotlyTrace[];
  readonly _fullLayout: {
    readonly _plots: Record<string, { xaxis: PlotlyAxis; yaxis: PlotlyAxis }>;
  };
  querySelector(selector: string): PlotlyElement | null;
  querySelectorAll(selector: string): Iterable<PlotlyElement>;
  getBoundingClientRect(): {
    left: number;
    top: number;
    right: number;
    bottom: number;
    width: number;
    height: number;
  };
  getAttribute(name: string): string | null;
  closest(selectors: string): unknown;
  readonly textContent: string;
}

/** The figures below a cell. */
export function figuresIn(cell: Locator): Locator {
  return cell.locator(".js-plotly-plot");
}

/** Looks at a figure that is in view. */
export async function lookAt(figure: Locator): Promise<DrawnFigure> {
  return await figure.evaluate((element) => {
    const plot = element as unknown as PlotlyElement;
    const frame = plot.querySelector("svg.main-svg")
      ?.getBoundingClientRect();
    if (frame === undefined || plot._fullLayout === undefined) {
      return { width: 0, height: 0, panels: [], clipped: [] };
    }
    const { left, top, right, bottom, width, height } = frame;
    /** At most this many places of a trace. */
    const few = (length: number) =>
      [0.5, 0.25, 0.75, 0, 1].map((part) => Math.round(part * (length - 1)));
    const panels = Object.entries(plot._fullLayout._plots).map(
      ([name, { xaxis, yaxis }]) => {
        const traces = plot._fullData.filter((trace) =>
          trace.visible === true && (trace.xaxis ?? "x") === xaxis._id &&
          (trace.yaxis ?? "y") === yaxis._id &&
          ((trace.y ?? trace.z)?.length ?? 0) > 0
        );
        const data = traces.flatMap(({ type, x, y, z }) => {
          if (type === "bar") return []; // by what is drawn, below
          const places = few((x ?? z?.[0] ?? []).length).map((i, rank) => {
            const row = few((y ?? z ?? []).length)[rank]!;
            return {
              x: left + xaxis._offset + xaxis.d2p(x?.[i] ?? i),
              y: top + yaxis._offset +
                yaxis.d2p(z ? y?.[row] ?? row : y?.[i]),
            };
          });
          return places;
        });
        const panel = plot.querySelector(`.cartesianlayer .subplot.${name}`)!;
        const bars = [...panel.querySelectorAll(".barlayer .point path")];
        for (const bar of bars) {
          const box = bar.getBoundingClientRect();
          if (box.width * box.height === 0) continue;
          data.push({
            x: box.left + box.width / 2,
            y: box.top + box.height / 2,
          });
        }
        const marks = [
          ...panel.querySelectorAll(
            ".js-line, .scatterlayer .point, .barlayer .point path, " +
              ".heatmaplayer image, .contourlayer path",
          ),
        ].filter((mark) =>
          (mark.getAttribute("d") ?? mark.getAttribute("xlink:href") ??
            mark.getAttribute("href") ?? "").length > 3
        );
        const inside = data.filter(({ x, y }) =>
          x >= left + xaxis._offset && y >= top + yaxis._offset &&
          x <= left + xaxis._offset + xaxis._length &&
          y <= top + yaxis._offset + yaxis._length
        );
        return {
          name,
          traces: traces.length,
          // A line and its points, or all bars of a trace, count once.
          marks: new Set(marks.map((mark) =>
            mark.closest(".trace, .hm, .contour") ?? mark
          )).size,
          data: inside,
        };
      },
    );
    const clipped = [...plot.querySelectorAll(".main-svg text")]
      .filter((words) => {
        const box = words.getBoundingClientRect();
        return box.width > 0 &&
          (box.left < left - 1 || box.right > right + 1 ||
            box.top < top - 1 || box.bottom > bottom + 1);
      })
      .map(({ textContent }) =>
        textContent
      );
    return { width, height, panels, clipped };
  });
}

/** What speaks against a figure's being drawn. */
export function drawingProblems(
  { width, height, panels }: DrawnFigure,
): string[] {
  if (width < 50 || height < 50 || panels.length === 0) {
    return [`the figure is empty: ${width} x ${height} pixels`];
  }
  return panels.flatMap(({ name, traces, marks }) =>
    marks >= traces
      ? []
      : [`panel ${name} has ${traces} traces but ${marks} marks`]
  );
}

/** Over how many places of a panel the mouse is moved at most. */
const TRIES = 20;

/**
 * Moves the mouse over the data of a panel until a label with a number stands
 * beside it.
 *
 * @returns The label's words; undefined if none came
 */
export async function hoverOver(
  page: Page,
  figure: Locator,
  { data }: Panel,
): Promise<string | undefined> {
  const labels = figure.locator(".hoverlayer .hovertext");
  for (const { x, y } of data.slice(0, TRIES)) {
    await page.mouse.move(x - 3, y - 2);
    await page.mouse.move(x, y, { steps: 2 });
    await labels.first().waitFor({ timeout: 400 }).catch(() => {});
    const words = (await labels.allTextContents()).join(" | ");
    if (/\d/.test(words)) return words;
  }
  return undefined;
}
