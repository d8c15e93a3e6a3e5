import { R15_FIGURE_6 } from "../paper/r15_cifar.ts";
import { isPlain, nameParts } from "./house_look.ts";
import { type OurResult, PAPER_RESNETS } from "./paper_results.ts";

/** What more layers do to a family of networks. */
export interface DepthEffect {
  /** The family: "plain networks" or "ResNets". */
  readonly networks: string;
  /** The depths that are compared, such as "20 to 56 layers". */
  readonly layers: string;
  /** By how many points of percent the training error changes. */
  readonly training: number;
  /** By how many points of percent the test error changes. */
  readonly test: number;
  /** What the paper has the test error do. */
  readonly paper: string;
}

/**
 * What depth does: by how much the error changes from the shallowest network
 * of each family to its deepest. Below 0 depth helps, above 0 it hurts: the
 * degradation of R15 section 1.
 *
 * @example Usage
 * ```ts
 * import { depthEffects } from "./depth_effects.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [plain] = depthEffects([
 *   { name: "plain-20", trainError: 30, testError: 33 },
 *   { name: "plain-56", trainError: 41, testError: 40 },
 * ]);
 * assertEquals([plain?.training, plain?.test], [11, 7]);
 * assertEquals(plain?.layers, "20 to 56 layers");
 * ```
 *
 * @param ours What was measured here.
 * @returns A row for each family with networks of several depths.
 */
export function depthEffects(ours: readonly OurResult[]): DepthEffect[] {
  const families = Map.groupBy(ours, ({ name }) => nameParts(name).family);
  return Array.from(families).flatMap(([family, members]) => {
    const byDepth = members.flatMap((result) => {
      const { depth } = nameParts(result.name);
      return depth === null ? [] : [{ ...result, depth }];
    }).toSorted((a, b) => a.depth - b.depth);
    const [shallow, deep] = [byDepth[0], byDepth.at(-1)];
    if (!shallow || !deep || shallow.depth === deep.depth) return [];
    return [{
      networks: isPlain(family) ? `${family} networks` : `${family}s`,
      layers: `${shallow.depth} to ${deep.depth} layers`,
      training: deep.trainError - shallow.trainError,
      test: deep.testError - shallow.testError,
      paper: inPaper(family, shallow.name, deep.name),
    }];
  });
}

function inPaper(family: string, shallow: string, deep: string): string {
  if (isPlain(family)) return `higher (${R15_FIGURE_6.place})`;
  const [from, to] = [shallow, deep].map((name) =>
    PAPER_RESNETS.find((result) => result.name === name)?.testError
  );
  return from === undefined || to === undefined
    ? "–"
    : `${(to - from).toFixed(2)} (Table 6)`;
}
