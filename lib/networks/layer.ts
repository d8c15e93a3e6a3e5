import type { Activation, ParametricRelu } from "./operations/activation.ts";
import type {
  BatchNorm,
  LocalResponseNorm,
} from "./operations/normalisation.ts";
import type {
  Dropout,
  Flatten,
  Scale,
  ZeroPadShortcut,
} from "./operations/pass_on.ts";
import type {
  AveragePool,
  GlobalAveragePool,
  MaxPool,
  SpatialPyramidPool,
} from "./operations/pooling.ts";
import type { Convolution, Dense } from "./operations/weighted.ts";

export * from "./operations/activation.ts";
export * from "./operations/normalisation.ts";
export * from "./operations/pass_on.ts";
export * from "./operations/pooling.ts";
export * from "./operations/weighted.ts";

/**
 * A network as data. A {@linkcode Layer} is either one operation, or is made of
 * others: one after another ({@linkcode Sequence}), added to a shortcut
 * ({@linkcode Residual}), mixed with one by a gate ({@linkcode Gated}), or side
 * by side ({@linkcode Concatenation}). Everything else about a network (shapes,
 * parameters, multiply-adds, drawing, the network that runs) is a fold over
 * this type.
 */
export type Layer = Operation | Sequence | Residual | Gated | Concatenation;

/** A layer that is not made of others. */
export type Operation =
  | Convolution
  | Dense
  | BatchNorm
  | Activation
  | ParametricRelu
  | LocalResponseNorm
  | MaxPool
  | AveragePool
  | GlobalAveragePool
  | SpatialPyramidPool
  | ZeroPadShortcut
  | Flatten
  | Dropout
  | Scale;

/** Layers one after another. */
export interface Sequence {
  readonly kind: "sequence";
  readonly name: string;
  readonly layers: readonly Layer[];
}

/**
 * `body(x) + shortcut(x)` (R15 eqs. 1 and 2). An empty shortcut is the
 * identity.
 */
export interface Residual {
  readonly kind: "residual";
  readonly name: string;
  readonly body: readonly Layer[];
  readonly shortcut: readonly Layer[];
}

/**
 * `g(x) * body(x) + (1 - g(x)) * shortcut(x)` where the gate opens both ways
 * (highway networks; R16 section 3.1, exclusive gating), or
 * `body(x) + (1 - g(x)) * shortcut(x)` where it gates the shortcut only.
 */
export interface Gated {
  readonly kind: "gated";
  readonly name: string;
  readonly body: readonly Layer[];
  readonly shortcut: readonly Layer[];
  /** Gives `g(x)`, of the body's shape and between 0 and 1. */
  readonly gate: readonly Layer[];
  readonly gates: "both" | "shortcut";
}

/**
 * The outputs of branches that read the same input, joined along channels (the
 * Inception modules of Szegedy et al. 2014).
 */
export interface Concatenation {
  readonly kind: "concatenation";
  readonly name: string;
  readonly branches: readonly (readonly Layer[])[];
}

/** A network for images: what it reads and its layers in order. */
export interface Network {
  /** Such as "ResNet-56". */
  readonly name: string;
  /** Height, width and channels of an image. */
  readonly input: readonly [height: number, width: number, channels: number];
  readonly layers: readonly Layer[];
}

/** Layers one after another. */
export function sequence(name: string, layers: readonly Layer[]): Sequence {
  return { kind: "sequence", name, layers };
}

/** A residual unit's two ways, added. */
export function residual(
  name: string,
  body: readonly Layer[],
  shortcut: readonly Layer[] = [],
): Residual {
  return { kind: "residual", name, body, shortcut };
}

/** Two ways mixed by a gate; by default it gates both. */
export function gated(
  name: string,
  ways:
    & Pick<Gated, "body" | "gate">
    & Partial<Pick<Gated, "shortcut" | "gates">>,
): Gated {
  return { kind: "gated", name, shortcut: [], gates: "both", ...ways };
}

/** Branches that read the same input, joined along channels. */
export function concatenation(
  name: string,
  branches: readonly (readonly Layer[])[],
): Concatenation {
  return { kind: "concatenation", name, branches };
}
