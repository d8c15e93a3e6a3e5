import { multiplyAdds } from "./count.ts";
import type { Network } from "./layer.ts";
import { parameters } from "./parameters.ts";
import { operations } from "./walk.ts";

/** What a network's shortcuts cost. */
export interface ShortcutCost {
  /** Number of parameters that training changes. */
  readonly parameters: number;
  /** Multiply-adds for one image (see {@linkcode countMultiplyAdds}). */
  readonly multiplyAdds: number;
}

/**
 * What shortcuts, and gates of them, add to a network's parameters and
 * multiply-adds (R15 section 3.3: identity shortcuts add nothing).
 *
 * @example Option B in ResNet-20: two 1x1 convolutions, normalised
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "./cifar.ts";
 * import { shortcutCost } from "./shortcut_cost.ts";
 *
 * assertEquals(shortcutCost(cifarResNet({ depth: 20, shortcut: "B" })), {
 *   parameters: 16 * 32 + 2 * 32 + 32 * 64 + 2 * 64,
 *   multiplyAdds: 16 * 32 * 16 ** 2 + 32 * 64 * 8 ** 2,
 * });
 * ```
 */
export function shortcutCost(network: Network): ShortcutCost {
  const onShortcuts = operations(network)
    .filter(({ onShortcut }) => onShortcut);
  return {
    parameters: onShortcuts.reduce((sum, one) => sum + parameters(one), 0),
    multiplyAdds: onShortcuts.reduce((sum, one) => sum + multiplyAdds(one), 0),
  };
}
