import { countMultiplyAdds, depthOf } from "../networks/count.ts";
import { countParameters } from "../networks/parameters.ts";
import { stageCosts } from "../networks/stage_costs.ts";
import type { Network } from "../networks/layer.ts";
import type { BarTrace, Figure } from "./figure.ts";
import { figure, PALETTE } from "./house_look.ts";

/**
 * Draws which part of a network's parameters, and of its multiply-adds, each of
 * its stages has.
 *
 * @example Usage
 * ```ts
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { stageShares } from "./stage_shares.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { data } = stageShares(cifarResNet({ depth: 20 }));
 * assertEquals(data.map(({ name }) => name), ["parameters", "multiply-adds"]);
 * ```
 *
 * @param network The network.
 * @returns The figure: two bars for each stage, in per cent of the network.
 */
export function stageShares(network: Network): Figure {
  const costs = stageCosts(network);
  const bars = (
    name: string,
    values: readonly number[],
    color: string,
  ): BarTrace => {
    const whole = values.reduce((sum, value) => sum + value, 0);
    const shares = values.map((value) => 100 * value / whole);
    return {
      type: "bar",
      name,
      x: costs.map((cost) => `${cost.name}<br>${cost.output.join("×")}`),
      y: shares,
      text: shares.map((share) => share.toFixed(share < 10 ? 1 : 0)),
      textposition: "outside",
      marker: { color },
      hovertemplate: `%{x}<br>%{y:.1f} % of the ${name}<extra></extra>`,
    };
  };
  return figure([
    bars("parameters", costs.map((cost) => cost.parameters), PALETTE[0]!),
    bars("multiply-adds", costs.map((cost) => cost.multiplyAdds), PALETTE[4]!),
  ], {
    title: {
      text: `${network.name}: where the parameters are, and where the work is`,
      subtitle: {
        text: `${depthOf(network)} layers · ${
          inWords(countParameters(network))
        } parameters · ${inWords(countMultiplyAdds(network))} multiply-adds`,
      },
    },
    xaxis: { type: "category", showgrid: false },
    yaxis: { title: { text: "part of the network (%)" }, range: [0, 100] },
    barmode: "group",
    showlegend: true,
  });
}

function inWords(count: number): string {
  return count.toLocaleString("en-US");
}
