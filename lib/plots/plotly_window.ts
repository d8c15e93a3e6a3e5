/**
 * plotly.js in a window without a browser: jsdom, and what jsdom lacks and
 * plotly asks for (sizes of text, a 2D canvas).
 *
 * @module
 */

import { JSDOM } from "jsdom";
import { once } from "../data/once.ts";
import { Canvas } from "./canvas.ts";
import { type Box, boxOf, pageBoxOf, type SvgElement } from "./svg_boxes.ts";

/** The elements of jsdom, as far as they are used here. */
interface PageElement {
  appendChild(child: PageElement): void;
  remove(): void;
}

/** The functions of plotly.js that are used here. */
interface Plotly {
  newPlot(
    element: PageElement,
    data: unknown,
    layout: unknown,
    config: unknown,
  ): Promise<unknown>;
  toImage(element: PageElement, options: unknown): Promise<string>;
  purge(element: PageElement): void;
}

/** A window with plotly.js in it. */
export interface PlotlyWindow {
  /** The window's document. */
  readonly document: {
    readonly body: PageElement;
    createElement(tag: string): PageElement;
  };
  /** plotly.js. */
  readonly Plotly: Plotly;
}

/** The window, opened when it is first asked for (about one second). */
export const plotlyWindow = once(async (): Promise<PlotlyWindow> => {
  const script = await Deno.readTextFile(
    new URL(import.meta.resolve("plotly.js-dist-min")),
  );
  const { window } = new JSDOM("<!doctype html><body></body>", {
    runScripts: "outside-only",
  });
  window.URL.createObjectURL ??= () => "";
  window.matchMedia ??= () => ({ matches: false, addEventListener() {} });
  // Called once and never again: nothing keeps a program from ending.
  window.requestAnimationFrame = (callback: (time: number) => void) =>
    window.setTimeout(() => callback(performance.now()), 0);
  window.cancelAnimationFrame = window.clearTimeout;
  addBoxes(window.SVGElement.prototype);
  addCanvas(window.HTMLCanvasElement.prototype);
  window.eval(script);
  return window;
});

/** Gives the elements of an SVG the DOM's functions that measure. */
function addBoxes(prototype: Record<string, unknown>): void {
  const measured = (box: Box) => ({
    ...box,
    x: box.left,
    y: box.top,
    width: box.right - box.left,
    height: box.bottom - box.top,
  });
  prototype.getBBox = function (this: SvgElement) {
    return measured(boxOf(this));
  };
  prototype.getBoundingClientRect = function (this: SvgElement) {
    return measured(pageBoxOf(this));
  };
  prototype.getComputedTextLength = function (this: SvgElement) {
    return measured(boxOf(this)).width;
  };
  prototype.getScreenCTM ??= () => null;
}

interface CanvasElement {
  readonly width: number;
  readonly height: number;
}

function addCanvas(prototype: Record<string, unknown>): void {
  const canvases = new WeakMap<CanvasElement, Canvas>();
  const canvasOf = (element: CanvasElement): Canvas => {
    const { width, height } = element;
    let canvas = canvases.get(element);
    if (canvas?.pixels.width !== width || canvas.pixels.height !== height) {
      canvas = new Canvas(width, height);
      canvases.set(element, canvas);
    }
    return canvas;
  };
  prototype.getContext = function (this: CanvasElement, kind: string) {
    return kind === "2d" ? canvasOf(this).context : null;
  };
  prototype.toDataURL = function (this: CanvasElement) {
    return canvasOf(this).toDataURL();
  };
}
