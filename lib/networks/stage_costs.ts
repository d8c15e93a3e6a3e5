import { layers } from "./layers.ts";
import type { Network } from "./layer.ts";

/** What a stage of a network costs, or what stands before or after the stages. */
export interface StageCost {
  /** Such as "stage2", or the layer's name outside of stages. */
  readonly name: string;
  /** `[height, width, channels]` of its output, or `[features]`. */
  readonly output: readonly number[];
  /** Convolutions and fully connected layers, those on shortcuts included. */
  readonly weightedLayers: number;
  /** Number of parameters that training changes. */
  readonly parameters: number;
  /** Multiply-adds for one image. */
  readonly multiplyAdds: number;
}

const WEIGHTED: readonly string[] = ["convolution", "dense"];

/**
 * A network's costs by the first part of its layers' paths: a row for each
 * stage, and one for each layer outside of stages that has parameters; a
 * normalisation counts with the layer before it.
 *
 * @example Most parameters of ResNet-20 stand in its last stage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "./cifar.ts";
 * import { stageCosts } from "./stage_costs.ts";
 *
 * const rows = stageCosts(cifarResNet({ depth: 20 }));
 * assertEquals(rows.map(({ name, weightedLayers }) => [name, weightedLayers]), [
 *   ["conv", 1],
 *   ["stage1", 6],
 *   ["stage2", 6],
 *   ["stage3", 6],
 *   ["classifier", 1],
 * ]);
 * ```
 */
export function stageCosts(network: Network): StageCost[] {
  const costs: StageCost[] = [];
  for (const layer of layers(network)) {
    const [stage] = layer.name.split("/") as [string, ...string[]];
    const weighted = WEIGHTED.includes(layer.kind);
    const last = costs.at(-1);
    const inside = layer.name.includes("/");
    const joins = last !== undefined &&
      (last.name === stage || (!inside && !weighted));
    const before = joins ? last : {
      ...{ name: stage, weightedLayers: 0, parameters: 0, multiplyAdds: 0 },
      output: layer.output,
    };
    if (joins) costs.pop();
    costs.push({
      name: before.name,
      // What only follows a stage, such as its pooling, is not its output.
      output: before.name === stage ? layer.output : before.output,
      weightedLayers: before.weightedLayers + (weighted ? 1 : 0),
      parameters: before.parameters + layer.parameters,
      multiplyAdds: before.multiplyAdds + layer.multiplyAdds,
    });
  }
  return costs;
}
