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
  /**
   * Number of groups that channels and filters are divided into, each group of
   * filters reading its own channels only (AlexNet has 2): the kernel is of
   * shape `[kernelSize, kernelSize, channels / groups, filters]`.
   */
  readonly groups: number;
  /** Whether a bias is added to each channel. */
  readonly bias: boolean;
  /** What each bias starts from; 0 if left out. */
  readonly initialBias?: number;
}

/** A fully connected layer over `[batch, features]`. */
export interface Dense {
  readonly kind: "dense";
  readonly name: string;
  /** Number of output features. */
  readonly units: number;
  /** Whether a bias is added to each feature. */
  readonly bias: boolean;
  /** What each bias starts from; 0 if left out. */
  readonly initialBias?: number;
}

/** Options of {@linkcode convolution}. */
export interface ConvolutionOptions {
  /** Default 1. */
  readonly stride?: number;
  /** Default what keeps height and width at stride 1. */
  readonly padding?: number;
  /** Default 1. */
  readonly groups?: number;
  /** Default false. */
  readonly bias?: boolean;
  /** Default 0. */
  readonly initialBias?: number;
}

/**
 * A square convolution that keeps height and width at stride 1. Without a bias
 * unless asked for: batch normalisation follows and has its own.
 */
export function convolution(
  name: string,
  filters: number,
  kernelSize: number,
  options: ConvolutionOptions = {},
): Convolution {
  return {
    kind: "convolution",
    name,
    filters,
    kernelSize,
    stride: 1,
    padding: Math.floor((kernelSize - 1) / 2),
    groups: 1,
    bias: false,
    ...options,
  };
}

/** A fully connected layer, with a bias unless told otherwise. */
export function dense(
  name: string,
  units: number,
  options: { readonly bias?: boolean; readonly initialBias?: number } = {},
): Dense {
  return { kind: "dense", name, units, bias: true, ...options };
}
