import { multiplyAdds } from "./count.ts";
import type { Network, Operation } from "./layer.ts";
import type { Shape } from "./operation_shape.ts";
import { parameters } from "./parameters.ts";
import { operations } from "./walk.ts";

/** A row of a table of a network's layers. */
export interface LayerRow {
  /** Path of the layer, such as "stage2/unit1/conv1". */
  readonly name: string;
  readonly kind: Operation["kind"];
  /** `[height, width, channels]` of its output, or `[features]`. */
  readonly output: Shape;
  /** Height and width of its kernel or windows in pixels; missing without one. */
  readonly kernelSize?: number;
  /** Step between output pixels, in input pixels, if it has one. */
  readonly stride?: number;
  /** Number of parameters that training changes. */
  readonly parameters: number;
  /** Multiply-adds for one image (see {@linkcode countMultiplyAdds}). */
  readonly multiplyAdds: number;
}

/**
 * A network's operations as the rows of a table, in the order in which data
 * flows.
 *
 * @example The first layer of ResNet-20
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "./cifar.ts";
 * import { layers } from "./layers.ts";
 *
 * assertEquals(layers(cifarResNet({ depth: 20 }))[0], {
 *   name: "conv",
 *   kind: "convolution",
 *   output: [32, 32, 16],
 *   kernelSize: 3,
 *   stride: 1,
 *   parameters: 3 * 3 * 3 * 16,
 *   multiplyAdds: 3 * 3 * 3 * 16 * 32 * 32,
 * });
 * ```
 */
export function layers(network: Network): LayerRow[] {
  return operations(network).map((operation) => ({
    name: operation.path,
    kind: operation.layer.kind,
    output: operation.output,
    ...windowsOf(operation.layer),
    parameters: parameters(operation),
    multiplyAdds: multiplyAdds(operation),
  }));
}

function windowsOf(
  layer: Operation,
): Pick<LayerRow, "kernelSize" | "stride"> {
  switch (layer.kind) {
    case "convolution":
      return { kernelSize: layer.kernelSize, stride: layer.stride };
    case "maxPool":
    case "averagePool":
      return { kernelSize: layer.size, stride: layer.stride };
    case "zeroPadShortcut":
      return { stride: layer.stride };
    default:
      return {};
  }
}
