import { checkInteger } from "../data/check_integer.ts";
import type { Layer, Network } from "./layer.ts";
import { mapLayers } from "./variants.ts";

/**
 * A network with fewer filters: those of each convolution, and the channels that
 * option A's shortcuts give, divided by a number. Its depth, its units and its
 * classes stay; its parameters and multiply-adds fall with about the square of
 * the number. It is called "narrow".
 *
 * @param divisor What filters are divided by; must divide all of them.
 * @throws {RangeError} If a number of filters is not a multiple of the divisor.
 *
 * @example ResNet-56 with 4, 8 and 16 filters in place of 16, 32 and 64
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "./cifar.ts";
 * import { depthOf } from "./count.ts";
 * import { narrower } from "./narrower.ts";
 *
 * const narrow = narrower(cifarResNet({ depth: 56 }), 4);
 * assertEquals(narrow.name, "narrow ResNet-56");
 * assertEquals(depthOf(narrow), 56);
 * ```
 */
export function narrower(network: Network, divisor: number): Network {
  checkInteger(divisor, "divisor", 1);
  const narrow = mapLayers(network, (layer): Layer => {
    switch (layer.kind) {
      case "convolution":
        return { ...layer, filters: part(layer.filters, divisor) };
      case "zeroPadShortcut":
        return { ...layer, channels: part(layer.channels, divisor) };
      default:
        return layer;
    }
  });
  return { ...narrow, name: `narrow ${network.name}` };
}

function part(filters: number, divisor: number): number {
  if (filters % divisor === 0) return filters / divisor;
  throw new RangeError(
    `Expected filters to be a multiple of ${divisor} but found ${filters}`,
  );
}
