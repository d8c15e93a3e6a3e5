import { escape } from "@std/html";
import { type Figure, PLOTLY_MIME } from "../plots/figure.ts";

/** One output in several forms, by MIME type; the front end takes the best. */
export interface Bundle {
  /** What is shown where nothing else can be: in a terminal, in a diff. */
  readonly "text/plain": string;
  /** The other forms. */
  readonly [mime: string]: string | object;
}

/** Under this name the Deno kernel asks a value how it is to be shown. */
const DISPLAY = Symbol.for("Jupyter.display");

/** Something that is ready to be shown, also as the last value of a cell. */
export class Output {
  /** The forms of the output. */
  readonly bundle: Bundle;

  /** Makes an output of its forms. */
  constructor(bundle: Bundle) {
    this.bundle = bundle;
  }

  /** The forms of the output, for the kernel. */
  [DISPLAY](): Bundle {
    return this.bundle;
  }
}

/**
 * An output of HTML.
 *
 * @example Usage
 * ```ts
 * import { html } from "./bundle.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(html("<b>done</b>").bundle["text/plain"], "done");
 * ```
 *
 * @param markup The HTML.
 * @param plain The same in plain text; the words of the HTML if left out.
 * @returns The output.
 */
export function html(
  markup: string,
  plain: string = markup.replace(/<[^>]*>/g, ""),
): Output {
  return new Output({ "text/html": markup, "text/plain": plain });
}

/**
 * An output of an SVG.
 *
 * @param drawing The text of the SVG.
 * @param plain What it shows, in plain text.
 * @returns The output.
 */
export function svg(drawing: string, plain = "[drawing]"): Output {
  return new Output({ "image/svg+xml": drawing, "text/plain": plain });
}

/**
 * An output of a figure, drawn by plotly in the front end. There is no PNG in
 * it: with one, JupyterLab shows the picture in place of the chart.
 *
 * @param figure The figure.
 * @returns The output.
 */
export function plot(figure: Figure): Output {
  return new Output({
    [PLOTLY_MIME]: figure,
    "text/plain": figureInWords(figure),
  });
}

/**
 * A figure in one line of plain text: its title, and what is drawn.
 *
 * @example Usage
 * ```ts
 * import { figureInWords } from "./bundle.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const data = [{ type: "bar", name: "ours", x: [20], y: [9] } as const];
 * assertEquals(
 *   figureInWords({ data: [{ ...data[0], x: [20], y: [9] }] }),
 *   "[figure: ours]",
 * );
 * ```
 *
 * @param figure The figure.
 * @returns The line.
 */
export function figureInWords(figure: Figure): string {
  const title = figure.layout?.title?.text.replace(/<[^>]*>/g, "").trim();
  const names = figure.data.flatMap((trace) =>
    trace.showlegend === false || trace.visible === false
      ? []
      : trace.name ?? []
  );
  return `[figure: ${[title, names.join(", ")].filter(Boolean).join(": ")}]`;
}

/** The kinds of remark that stand beside a notebook's text. */
export type CalloutKind =
  | "Jargon"
  | "Note"
  | "Stop and think"
  | "Differs from the paper";

/**
 * A remark in a box, under one of the fixed headings.
 *
 * @example Usage
 * ```ts
 * import { callout } from "./bundle.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const note = callout("Note", "Images are of 32 x 32 pixels");
 * assertEquals(
 *   note.bundle["text/plain"],
 *   "Note: Images are of 32 x 32 pixels",
 * );
 * ```
 *
 * @param kind The heading.
 * @param words The remark, as plain text.
 * @returns The output.
 */
export function callout(kind: CalloutKind, words: string): Output {
  const style = "border-left: 4px solid #0072b2; padding: 4px 12px";
  return html(
    `<div style="${style}"><b>${kind}</b><br>${escape(words)}</div>`,
    `${kind}: ${words}`,
  );
}
