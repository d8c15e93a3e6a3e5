import { assertEquals } from "@std/assert";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import type { Network } from "../../lib/networks/layer.ts";
import {
  withConstantScaling,
  withConvolutionShortcuts,
  withDropoutShortcuts,
  withExclusiveGating,
  withShortcutOnlyGating,
} from "../../lib/networks/shortcut_variants.ts";
import { testReference } from "./test_reference.ts";

function changed(change: (network: Network) => Network): () => Network {
  return () => change(cifarResNet({ depth: 20 }));
}

// The original one is in cifar_test.ts.
Deno.test("1x1 convolutional shortcuts are option C, which cifar_test.ts compares", () => {
  const network = withConvolutionShortcuts(cifarResNet({ depth: 20 }));
  const { layers } = cifarResNet({ depth: 20, shortcut: "C" });
  assertEquals(network.layers, layers);
});

await testReference("shortcuts", {
  "constant scaling": changed((network) =>
    withConstantScaling(network, { shortcut: 0.5, body: 1 })
  ),
  "frozen gating": changed((network) =>
    withConstantScaling(network, { shortcut: 0.5, body: 0.5 })
  ),
  "exclusive gating": changed((network) =>
    withExclusiveGating(network, { initialBias: -6 })
  ),
  "shortcut-only gating": changed((network) =>
    withShortcutOnlyGating(network, { initialBias: -6 })
  ),
  "dropout": changed(withDropoutShortcuts),
});
