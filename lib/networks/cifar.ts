import {
  batchNorm,
  convolution,
  dense,
  globalAveragePool,
  type Layer,
  type Network,
  relu,
  residual,
  type Sequence,
  sequence,
  zeroPadShortcut,
} from "./layer.ts";
import { withoutShortcuts } from "./variants.ts";

/** Options of the networks for 32x32 images. */
export interface CifarOptions {
  /** Weighted layers, `6n + 2`: 20, 32, 44, 56, 110, 1202, ... */
  readonly depth: number;
  /** Number of classes. Default 10. */
  readonly classes?: number;
  /** Colour channels of an image. Default 3. */
  readonly channels?: number;
}

/** Filters of the three stages, at 32x32, 16x16 and 8x8 pixels. */
const STAGES = [16, 32, 64];

/**
 * A residual network for CIFAR-10 (R15 section 4.2): a 3x3 convolution with 16
 * filters, three stages of `n` units of two 3x3 convolutions, global average
 * pooling and a fully connected layer, `6n + 2` weighted layers. Shortcuts are
 * option A, without parameters.
 *
 * @throws {RangeError} If the depth is not `6n + 2`.
 *
 * @example The paper's count of parameters
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "./cifar.ts";
 * import { countParameters } from "./parameters.ts";
 *
 * assertEquals(countParameters(cifarResNet({ depth: 20 })), 269722);
 * ```
 */
export function cifarResNet(options: CifarOptions): Network {
  const { depth, classes = 10, channels = 3 } = options;
  const units = unitsPerStage(depth);
  return {
    name: `ResNet-${depth}`,
    input: [32, 32, channels],
    layers: [
      convolution("conv", STAGES[0] ?? 16, 3),
      batchNorm("norm"),
      relu("relu"),
      ...STAGES.map((filters, stage) =>
        sequence(
          `stage${stage + 1}`,
          Array.from({ length: units }, (_, unit) =>
            basicUnit(
              `unit${unit + 1}`,
              filters,
              stage > 0 && unit === 0 ? 2 : 1,
            )),
        )
      ),
      globalAveragePool("pool"),
      dense("classifier", classes),
    ],
  };
}

/**
 * The plain counterpart of {@linkcode cifarResNet}: the same layers without
 * shortcuts (R15 section 4.2).
 *
 * @throws {RangeError} If the depth is not `6n + 2`.
 */
export function cifarPlain(options: CifarOptions): Network {
  return withoutShortcuts(cifarResNet(options), `plain-${options.depth}`);
}

/** Two 3x3 convolutions beside a shortcut, then ReLU (R15 Fig. 2). */
function basicUnit(name: string, filters: number, stride: number): Sequence {
  const body: Layer[] = [
    convolution("conv1", filters, 3, { stride }),
    batchNorm("norm1"),
    relu("relu1"),
    convolution("conv2", filters, 3),
    batchNorm("norm2"),
  ];
  const shortcut: Layer[] = stride === 1 ? [] : [
    zeroPadShortcut("shortcut", filters, stride),
  ];
  return sequence(name, [residual("", body, shortcut), relu("relu2")]);
}

function unitsPerStage(depth: number): number {
  const units = (depth - 2) / 6;
  if (Number.isInteger(units) && units > 0) return units;
  const below = 6 * Math.max(1, Math.floor(units)) + 2;
  const nearest = Number.isFinite(depth)
    ? `: the nearest are ${below} and ${below + 6}`
    : "";
  throw new RangeError(
    `Expected a depth of 6n + 2 layers but found ${depth}${nearest}`,
  );
}
