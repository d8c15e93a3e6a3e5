import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { testReference } from "./test_reference.ts";

const DEPTH = { depth: 20 } as const;

await testReference("cifar", {
  "plain-20": () => cifarPlain(DEPTH),
  "ResNet-20 A": () => cifarResNet({ ...DEPTH, shortcut: "A" }),
  "ResNet-20 B": () => cifarResNet({ ...DEPTH, shortcut: "B" }),
  "ResNet-20 C": () => cifarResNet({ ...DEPTH, shortcut: "C" }),
  "ResNet-20, bottlenecks": () => cifarResNet({ ...DEPTH, unit: "bottleneck" }),
  "pre-activation ResNet-20, bottlenecks": () =>
    cifarResNet({ ...DEPTH, unit: "bottleneck", activation: "preActivation" }),
  "ResNet-20, 1-layer units": () => cifarResNet({ ...DEPTH, unit: "single" }),
  "pre-activation ResNet-20, 1-layer units": () =>
    cifarResNet({ ...DEPTH, unit: "single", activation: "preActivation" }),
});
