import type { Annotation } from "./figure.ts";
import { MUTED } from "./house_look.ts";

/** A note, in the lower right corner, on what a figure has no place for. */
export function undrawnNote(text: string): Annotation {
  return {
    text,
    xref: "paper",
    x: 0.99,
    xanchor: "right",
    yref: "paper",
    y: 0.02,
    yanchor: "bottom",
    showarrow: false,
    font: { size: 12, color: MUTED },
  };
}
