import type { Layer } from "../networks/layer.ts";
import { outputShape, type Shape } from "../networks/shape.ts";
import { join } from "../networks/walk.ts";
import { isWeighted } from "./labels.ts";
import { type At, operationsIn } from "./manner.ts";

/** A layer in a column, or several equal ones that are drawn once. */
export interface Item {
  readonly layer: Layer;
  /** How many of it follow each other. */
  readonly times: number;
  /** Where the first one is. */
  readonly at: At;
  /** Path of the last one. */
  readonly last: string;
  readonly output: Shape;
}

/**
 * The layers of a column in order. Sequences are taken apart, apart from
 * those that are drawn once for several.
 *
 * @param fold Whether equal weighted layers that follow each other are one item.
 */
export function itemsOf(
  layers: readonly Layer[],
  { path, input }: At,
  fold: boolean,
): Item[] {
  const items: Item[] = [];
  let shape = input;
  for (let i = 0; i < layers.length;) {
    const layer = layers[i]!;
    const at = { path: join(path, layer.name), input: shape };
    shape = outputShape(layer, shape);
    const times = fold ? equalFrom(layers, i, at, shape) : 1;
    if (layer.kind === "sequence" && times === 1) {
      items.push(...itemsOf(layer.layers, at, fold));
    } else {
      const last = join(path, layers[i + times - 1]!.name);
      items.push({ layer, times, at: { ...at, path }, last, output: shape });
    }
    i += times;
  }
  return items;
}

/** The number of equal layers from one on, where they pass on their shape. */
function equalFrom(
  layers: readonly Layer[],
  start: number,
  at: At,
  output: Shape,
): number {
  const layer = layers[start]!;
  const foldable = at.input.join() === output.join() &&
    operationsIn([layer], at).some(({ layer }) => isWeighted(layer));
  if (!foldable) return 1;
  const same = withoutNames(layer);
  let end = start + 1;
  while (end < layers.length && withoutNames(layers[end]!) === same) end++;
  return end - start;
}

function withoutNames(layer: Layer): string {
  return JSON.stringify(
    layer,
    (key, value) => key === "name" ? undefined : value,
  );
}
