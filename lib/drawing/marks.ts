/** How a mark is coloured: a name that a theme has colours for. */
export type Look =
  | "ink"
  | "muted"
  | "flow"
  | "quiet"
  | "rule"
  | "normalisation"
  | "activation"
  | "neutral"
  | "paper"
  | Hue;

/** The colour of a stage: of what has the same output size. */
export type Hue =
  | "stage0"
  | "stage1"
  | "stage2"
  | "stage3"
  | "stage4"
  | "stage5"
  | "stage6";

/** What a box stands for. */
export type BoxRole =
  | "weighted"
  | "operation"
  | "bar"
  | "image"
  | "join"
  | "key";

/** What a line stands for. */
export type LineRole = "flow" | "shortcut" | "bracket" | "rule" | "key";

/** A rectangle with words in its middle. */
export interface BoxMark {
  readonly mark: "box";
  readonly role: BoxRole;
  readonly look: Look;
  /** Left edge. */
  readonly x: number;
  /** Upper edge. */
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly label?: { readonly text: string; readonly size: number };
  /** Shown while the mouse is over it. */
  readonly tip?: string;
}

/** A line through points, its corners rounded. */
export interface LineMark {
  readonly mark: "line";
  readonly role: LineRole;
  readonly look: "flow" | "quiet" | "rule";
  readonly points: readonly Point[];
  readonly arrow: boolean;
  readonly dotted: boolean;
  readonly width: number;
}

/** A circle in which two ways are added, or multiplied value by value. */
export interface CircleMark {
  readonly mark: "circle";
  readonly sign: "+" | "×";
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** A line of words. */
export interface TextMark {
  readonly mark: "text";
  readonly look: "ink" | "muted";
  readonly text: string;
  readonly x: number;
  /** The line that the letters stand on. */
  readonly y: number;
  readonly size: number;
  readonly anchor: "start" | "middle" | "end";
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** Smaller words after the others, below the line. */
  readonly subscript?: string;
  readonly tip?: string;
}

/** A part of a drawing; `y` counts downward, all in pixels. */
export type Mark = BoxMark | LineMark | CircleMark | TextMark;

/** A place in a drawing. */
export type Point = readonly [x: number, y: number];

/** A line with what most lines have. */
export function line(
  points: readonly Point[],
  options: Partial<Omit<LineMark, "mark" | "points">> = {},
): LineMark {
  return {
    mark: "line",
    role: "flow",
    look: "flow",
    points,
    arrow: false,
    dotted: false,
    width: 1.2,
    ...options,
  };
}

/** A line of words, from its left end unless told otherwise. */
export function words(
  text: string,
  [x, y]: Point,
  size: number,
  options: Partial<Omit<TextMark, "mark" | "text" | "x" | "y" | "size">> = {},
): TextMark {
  return {
    mark: "text",
    look: "ink",
    text,
    x,
    y,
    size,
    anchor: "start",
    ...options,
  };
}

/** Marks moved to the right and down. */
export function moved(
  marks: readonly Mark[],
  right: number,
  down: number,
): Mark[] {
  return marks.map((mark) =>
    mark.mark === "line"
      ? {
        ...mark,
        points: mark.points.map(([x, y]) => [x + right, y + down] as const),
      }
      : { ...mark, x: mark.x + right, y: mark.y + down }
  );
}
