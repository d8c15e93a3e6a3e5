import { cifarResNet } from "../../lib/networks/cifar.ts";
import type { Network } from "../../lib/networks/layer.ts";

/** Networks of one kind and any depth, by what they are called in tables. */
export const DEPTH_FAMILIES = {
  /** R15 section 4.2: `6n + 2` layers. */
  "CIFAR ResNets": (depth: number) => cifarResNet({ depth }),
  /** R16: `9n + 2` layers. */
  "pre-activation bottleneck ResNets": (depth: number) =>
    cifarResNet({ depth, unit: "bottleneck", activation: "preActivation" }),
} as const satisfies Record<string, (depth: number) => Network>;

/** What a family is called. */
export type DepthFamily = keyof typeof DEPTH_FAMILIES;
