import type { Layer, Network, Residual } from "../networks/layer.ts";
import { join } from "../networks/walk.ts";

/** A residual unit whose shortcut is the identity, or a constant times it. */
export interface ChainUnit {
  /** Path of the unit: its output is `x_{l+1}`. */
  readonly path: string;
  /** Path of the last layer of its body: its output is `F(x_l)`. */
  readonly body: string;
  /** What the shortcut multiplies `x_l` by; 1 for the identity. */
  readonly factor: number;
}

/** Residual units of which each reads what the one before it gives. */
export interface ResidualChain {
  /** Path of the layer whose output is the first unit's `x_l`. */
  readonly start: string;
  readonly units: readonly ChainUnit[];
}

/**
 * The longest chains of residual units whose shortcuts are the identity, or a
 * constant times it, in the order in which data flows. A chain ends where
 * dimensions change, and where layers stand between units. A unit is a residual
 * layer with a name, or a sequence with one around a residual layer without.
 *
 * @example Each stage of ResNet-20; its 2nd and 3rd after the first unit
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { residualChains } from "./residual_chains.ts";
 *
 * const chains = residualChains(cifarResNet({ depth: 20 }));
 * assertEquals(chains.map(({ start }) => start), [
 *   "relu",
 *   "stage2/unit1",
 *   "stage3/unit1",
 * ]);
 * assertEquals(chains.map(({ units }) => units.length), [3, 2, 2]);
 * ```
 */
export function residualChains(network: Network): ResidualChain[] {
  const links: Link[] = [];
  follow(network.layers, "", { links, previous: "" });
  const chains: { start: string; units: ChainUnit[] }[] = [];
  links.forEach(({ unit, input }, i) => {
    const chain = links[i - 1]?.unit.path === input ? chains.at(-1) : undefined;
    if (chain !== undefined) chain.units.push(unit);
    else chains.push({ start: input, units: [unit] });
  });
  return chains;
}

/** A unit, and the path of the layer that it reads. */
interface Link {
  readonly unit: ChainUnit;
  readonly input: string;
}

interface State {
  readonly links: Link[];
  /** Path of the layer whose output comes next, if it has one. */
  previous: string | undefined;
}

function follow(
  layers: readonly Layer[],
  parent: string,
  state: State,
): void {
  for (const layer of layers) {
    const path = join(parent, layer.name);
    const link = linkOf(layer, path, state.previous);
    if (link !== undefined) state.links.push(link);
    else if (layer.kind === "sequence") follow(layer.layers, path, state);
    state.previous = outputPath(layer, path, state.previous);
  }
}

function outputPath(
  layer: Layer,
  path: string,
  previous: string | undefined,
): string | undefined {
  if (layer.name !== "") return path;
  return layer.kind === "sequence" ? previous : undefined;
}

/** The unit that a layer is, if its input and its body's output have paths. */
function linkOf(
  layer: Layer,
  path: string,
  previous: string | undefined,
): Link | undefined {
  if (layer.name === "") return undefined;
  const inside = layer.kind === "sequence" ? layer.layers : [layer];
  const place = inside.findIndex((part) =>
    part.kind === "residual" && (part === layer || part.name === "")
  );
  const unit = inside[place];
  if (unit?.kind !== "residual") return undefined;
  const before = inside[place - 1];
  const input = before === undefined
    ? previous
    : outputPath(before, join(path, before.name), undefined);
  const end = unit.body.at(-1)?.name ?? "";
  const factor = factorOf(unit);
  if (input === undefined || end === "" || factor === undefined) {
    return undefined;
  }
  return { unit: { path, body: join(path, end), factor }, input };
}

/** What a shortcut multiplies by, if it does nothing else. */
function factorOf({ shortcut }: Residual): number | undefined {
  return shortcut.reduce<number | undefined>(
    (product, layer) =>
      product === undefined || layer.kind !== "scale"
        ? undefined
        : product * layer.factor,
    1,
  );
}
