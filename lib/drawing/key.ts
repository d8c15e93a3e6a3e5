import type { Network } from "../networks/layer.ts";
import { operations } from "../networks/walk.ts";
import { labelOf, lookOf, weightOf } from "./labels.ts";
import { line, type Look, type Mark, words } from "./marks.ts";
import { BAR } from "./network_manner.ts";
import { widthOf } from "./text_width.ts";

/** A sign of a drawing and what it means. */
interface KeyEntry {
  readonly text: string;
  readonly sign: (x: number, y: number) => Mark;
}

/** Width of a sign. */
const SIGN = 24;
const FONT = 10;
const LINE = 17;

/**
 * Explains the signs without words that are among the marks.
 *
 * @returns Marks in the given place, and where they end.
 */
export function drawKey(
  networks: readonly Network[],
  drawn: readonly Mark[],
  place: { readonly x: number; readonly y: number; readonly width: number },
): { readonly marks: readonly Mark[]; readonly bottom: number } {
  const entries = [...barEntries(networks, drawn), ...arcEntries(drawn)];
  if (entries.length === 0) return { marks: [], bottom: place.y };
  const marks: Mark[] = [];
  let { x, y } = place;
  y += LINE / 2;
  for (const { text, sign } of entries) {
    const width = SIGN + 6 + widthOf(text, FONT);
    if (x > place.x && x + width > place.x + place.width) {
      x = place.x;
      y += LINE;
    }
    marks.push(
      sign(x, y),
      words(text, [x + SIGN + 6, y + 0.36 * FONT], FONT, { look: "muted" }),
    );
    x += width + 18;
  }
  return { marks, bottom: y + LINE / 2 };
}

function barEntries(
  networks: readonly Network[],
  drawn: readonly Mark[],
): KeyEntry[] {
  const names = new Map<Look, Set<string>>();
  for (const { layer, onShortcut } of networks.flatMap(operations)) {
    if (onShortcut || weightOf(layer) !== "bar") continue;
    const look = lookOf(layer);
    if (look === "weighted") continue;
    const known = names.get(look) ?? new Set();
    names.set(
      look,
      known.add(layer.kind === "dropout" ? "dropout" : labelOf(layer)),
    );
  }
  const looks = new Set(
    drawn.flatMap((mark) =>
      mark.mark === "box" && mark.role === "bar" ? [mark.look] : []
    ),
  );
  return [...names].filter(([look]) => looks.has(look)).map((
    [look, known],
  ) => ({
    text: [...known].join(", "),
    sign: (x, y) => ({
      mark: "box",
      role: "key",
      look,
      x,
      y: y - BAR / 2,
      width: SIGN,
      height: BAR,
    }),
  }));
}

function arcEntries(drawn: readonly Mark[]): KeyEntry[] {
  const dotted = new Set(
    drawn.flatMap((mark) =>
      mark.mark === "line" && mark.role === "shortcut" ? [mark.dotted] : []
    ),
  );
  const entry = (text: string, dotted: boolean): KeyEntry => ({
    text,
    sign: (x, y) =>
      line([[x, y], [x + SIGN, y]], { role: "key", arrow: true, dotted }),
  });
  return [
    ...dotted.has(false) ? [entry("shortcut", false)] : [],
    ...dotted.has(true)
      ? [entry("shortcut where dimensions change", true)]
      : [],
  ];
}
