import {
  imageNetPlain,
  imageNetResNet,
  type ImageNetResNetOptions,
} from "../../lib/networks/imagenet.ts";
import type { Network } from "../../lib/networks/layer.ts";
import { testReference } from "./test_reference.ts";

const CLASSES = { classes: 10 } as const;

/** Units of each stage, where a network is too deep to be trained in float32. */
const FEW = [1, 2, 1, 1];

function resNet(options: ImageNetResNetOptions): () => Network {
  return () => imageNetResNet({ ...CLASSES, ...options });
}

/** ResNet-50 with a few units of each stage. */
function bottlenecks(
  options: Omit<ImageNetResNetOptions, "depth">,
): () => Network {
  return () => {
    const network = imageNetResNet({ ...CLASSES, ...options, depth: 50 });
    const layers = network.layers.map((layer) => {
      const [, stage] = layer.name.match(/^stage(\d)$/) ?? [];
      return layer.kind === "sequence" && stage !== undefined
        ? { ...layer, layers: layer.layers.slice(0, FEW[Number(stage) - 1]) }
        : layer;
    });
    return { ...network, layers };
  };
}

await testReference("imagenet", {
  "ResNet-18 A": resNet({ depth: 18, shortcut: "A" }),
  "ResNet-18 B": resNet({ depth: 18, shortcut: "B" }),
  "ResNet-18 C": resNet({ depth: 18, shortcut: "C" }),
  "bottlenecks A": bottlenecks({ shortcut: "A" }),
  "bottlenecks B": bottlenecks({ shortcut: "B" }),
  "bottlenecks C": bottlenecks({ shortcut: "C" }),
  "bottlenecks A v1.5": bottlenecks({ shortcut: "A", stride: "v1.5" }),
  "bottlenecks B v1.5": bottlenecks({ shortcut: "B", stride: "v1.5" }),
  "bottlenecks C v1.5": bottlenecks({ shortcut: "C", stride: "v1.5" }),
  "pre-activation bottlenecks": bottlenecks({ activation: "preActivation" }),
  "plain-34": () => imageNetPlain({ ...CLASSES, depth: 34 }),
  "ResNet-34 A": resNet({ depth: 34, shortcut: "A" }),
  "ResNet-34 B": resNet({ depth: 34, shortcut: "B" }),
  "ResNet-50 B": resNet({ depth: 50 }),
  "ResNet-50 B v1.5": resNet({ depth: 50, stride: "v1.5" }),
  "ResNet-101 B v1.5": resNet({ depth: 101, stride: "v1.5" }),
  "ResNet-152 B v1.5": resNet({ depth: 152, stride: "v1.5" }),
  "pre-activation ResNet-200": resNet({
    depth: 200,
    activation: "preActivation",
  }),
});
