import type { Figure } from "../plots/figure.ts";
import { lightSvg } from "../plots/light_svg.ts";
import { figureInWords, svg } from "./bundle.ts";
import { inJupyter, show, type Showable, type ShowOptions } from "./display.ts";

/** Options for {@linkcode LiveFigure}. */
export interface LiveFigureOptions {
  /** Milliseconds between two drawings at least. Default: 500. */
  every?: number;
  /** Shows an output; a test puts its own here. */
  show?: (value: Showable, options: ShowOptions) => Promise<void>;
  /** The time in milliseconds; a test puts its own here. */
  now?: () => number;
}

/**
 * A figure that grows below a cell while a network trains.
 *
 * JupyterLab does not draw a plotly figure anew when its output is replaced.
 * So while training goes on the figure is drawn as a light SVG, and at the end
 * the plotly figure, which the reader can play with, takes its place.
 *
 * Outside a notebook nothing is drawn before the end.
 *
 * @example Usage
 * ```ts ignore
 * const live = new LiveFigure();
 * for (let step = 0; step < steps; step++) {
 *   // ... train, add to the curves ...
 *   await live.update(() => learningCurves(runs, { steps }));
 * }
 * await live.finish(learningCurves(runs));
 * ```
 */
export class LiveFigure {
  readonly #id = `live-${crypto.randomUUID()}`;
  readonly #every: number;
  readonly #show: NonNullable<LiveFigureOptions["show"]>;
  readonly #now: () => number;
  readonly #draws: boolean;
  #shown = false;
  #last = -Infinity;

  /** Makes a figure; it is shown at its first update. */
  constructor(options: LiveFigureOptions = {}) {
    this.#every = options.every ?? 500;
    this.#draws = options.show !== undefined || inJupyter();
    this.#show = options.show ?? show;
    this.#now = options.now ?? (() => performance.now());
  }

  /**
   * Draws the figure, if the last drawing is long enough ago. Call it as often
   * as there is something new: it costs nothing in between.
   *
   * @param make Makes the figure as it is now; called only if it is drawn.
   * @returns When the figure is sent, which also lets Stop come through.
   */
  async update(make: () => Figure): Promise<void> {
    const now = this.#now();
    if (!this.#draws || now - this.#last < this.#every) return;
    this.#last = now;
    const figure = make();
    await this.#put(svg(lightSvg(figure), figureInWords(figure)));
  }

  /**
   * Puts the plotly figure in the place of the drawing.
   *
   * @param figure The figure at the end.
   * @returns When it is shown.
   */
  async finish(figure: Figure): Promise<void> {
    await this.#put(figure);
  }

  async #put(value: Showable): Promise<void> {
    await this.#show(value, { id: this.#id, replace: this.#shown });
    this.#shown = true;
  }
}

/** Makes a {@linkcode LiveFigure}. */
export function liveFigure(options: LiveFigureOptions = {}): LiveFigure {
  return new LiveFigure(options);
}
