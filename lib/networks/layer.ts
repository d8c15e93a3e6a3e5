/**
 * A network as data. A {@linkcode Layer} is either one operation, or is made of
 * others: one after another ({@linkcode Sequence}), added to a shortcut
 * ({@linkcode Residual}), or mixed with one by a gate ({@linkcode Gated}).
 * Everything else about a network (shapes, parameters, multiply-adds, drawing,
 * the network that runs) is a fold over this type.
 */
export type Layer = Operation | Sequence | Residual | Gated;

/** A layer that is not made of others. */
export type Operation =
  | Convolution
  | Dense
  | BatchNorm
  | Activation
  | MaxPool
  | GlobalAveragePool
  | ZeroPadShortcut
  | Flatten;

/** A convolution over `[batch, height, width, channels]`. */
export interface Convolution {
  readonly kind: "convolution";
  readonly name: string;
  /** Number of output channels. */
  readonly filters: number;
  /** Height and width of the kernel in pixels. */
  readonly kernelSize: number;
  /** Step between output pixels, in input pixels. */
  readonly stride: number;
  /** Zeros added on each side, in pixels. */
  readonly padding: number;
  /** Whether a bias is added to each channel. */
  readonly bias: boolean;
}

/** A fully connected layer over `[batch, features]`. */
export interface Dense {
  readonly kind: "dense";
  readonly name: string;
  /** Number of output features. */
  readonly units: number;
}

/**
 * Batch normalisation over all but the last dimension, with a learned scale
 * and shift for each channel.
 */
export interface BatchNorm {
  readonly kind: "batchNorm";
  readonly name: string;
}

/** A non-linearity, applied to each value. */
export interface Activation {
  readonly kind: "activation";
  readonly name: string;
  readonly function: "relu" | "sigmoid" | "tanh";
}

/** The largest value in each window. */
export interface MaxPool {
  readonly kind: "maxPool";
  readonly name: string;
  /** Height and width of the window in pixels. */
  readonly size: number;
  /** Step between windows in pixels. */
  readonly stride: number;
  /** Border on each side that no maximum is taken from, in pixels. */
  readonly padding: number;
}

/** The mean of each channel over all pixels. */
export interface GlobalAveragePool {
  readonly kind: "globalAveragePool";
  readonly name: string;
}

/**
 * The shortcut without parameters where dimensions change (R15 section 3.3,
 * option A): every `stride`th pixel, with channels of zeros appended.
 */
export interface ZeroPadShortcut {
  readonly kind: "zeroPadShortcut";
  readonly name: string;
  readonly stride: number;
  /** Number of output channels. */
  readonly channels: number;
}

/** All values of an image as one list of features. */
export interface Flatten {
  readonly kind: "flatten";
  readonly name: string;
}

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

/** A network for images: what it reads and its layers in order. */
export interface Network {
  /** Such as "ResNet-56". */
  readonly name: string;
  /** Height, width and channels of an image. */
  readonly input: readonly [height: number, width: number, channels: number];
  readonly layers: readonly Layer[];
}

/**
 * A square convolution that keeps height and width at stride 1. Without a bias
 * unless asked for: batch normalisation follows and has its own.
 */
export function convolution(
  name: string,
  filters: number,
  kernelSize: number,
  options: { stride?: number; padding?: number; bias?: boolean } = {},
): Convolution {
  const {
    stride = 1,
    padding = Math.floor((kernelSize - 1) / 2),
    bias = false,
  } = options;
  return {
    kind: "convolution",
    name,
    filters,
    kernelSize,
    stride,
    padding,
    bias,
  };
}

/** A fully connected layer. */
export function dense(name: string, units: number): Dense {
  return { kind: "dense", name, units };
}

/** Batch normalisation. */
export function batchNorm(name: string): BatchNorm {
  return { kind: "batchNorm", name };
}

/** A rectified linear unit, `max(x, 0)`. */
export function relu(name: string): Activation {
  return { kind: "activation", name, function: "relu" };
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
