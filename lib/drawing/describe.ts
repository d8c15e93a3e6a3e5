import { countParameters } from "../networks/parameters.ts";
import { depthOf } from "../networks/count.ts";
import type { Network } from "../networks/layer.ts";
import { unitPlaces } from "../networks/unit_places.ts";
import { isWeighted, shapeLabel, sizeLabel } from "./labels.ts";
import { operationsIn } from "./manner.ts";

/** A network in a few sentences, for those who do not see its drawing. */
export function describe(network: Network): string {
  const { name, input } = network;
  const depth = depthOf(network);
  const parameters = countParameters(network).toLocaleString("en");
  const shortcuts = unitPlaces(network).length;
  return [
    `${name}, ${depth} weighted layers from an image of ${
      shapeLabel(input)
    } down to the output, ${parameters} parameters.`,
    ...sizes(network),
    ...shortcuts === 0
      ? []
      : [`${number(shortcuts, "shortcut")} beside the layers.`],
  ].join(" ");
}

/** How many weighted layers there are at each output size. */
function sizes({ layers, input }: Network): string[] {
  const counts = new Map<string, number>();
  for (
    const { layer, output, onShortcut } of operationsIn(layers, {
      path: "",
      input,
    })
  ) {
    if (onShortcut || !isWeighted(layer)) continue;
    const size = sizeLabel(output);
    counts.set(size, (counts.get(size) ?? 0) + 1);
  }
  return [...counts].map(([size, count]) =>
    `Output size ${size}: ${number(count, "weighted layer")}.`
  );
}

function number(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
