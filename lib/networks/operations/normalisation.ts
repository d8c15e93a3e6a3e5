/**
 * Batch normalisation over all but the last dimension, with a learned scale
 * and shift for each channel.
 */
export interface BatchNorm {
  readonly kind: "batchNorm";
  readonly name: string;
}

/**
 * Local response normalisation over neighbouring channels (Krizhevsky et al.
 * 2012, section 3.3), in PyTorch's convention:
 * `x / (bias + alpha / size * s)^beta`, where `s` is the sum of `x^2` over the
 * `size` channels around, those beyond the first and last being 0.
 *
 * AlexNet's own formula does not divide `alpha` by `size`: its `alpha = 1e-4`
 * over 5 channels is `alpha: 5e-4` here.
 */
export interface LocalResponseNorm {
  readonly kind: "localResponseNorm";
  readonly name: string;
  /** Number of channels in a sum, the channel itself in their middle: odd. */
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly bias: number;
}

/** Batch normalisation. */
export function batchNorm(name: string): BatchNorm {
  return { kind: "batchNorm", name };
}

/**
 * Local response normalisation. Without options it is AlexNet's: over 5
 * channels, `alpha` of 1e-4 for each of them, `beta` 0.75, `bias` 2.
 */
export function localResponseNorm(
  name: string,
  options: Partial<Omit<LocalResponseNorm, "kind" | "name">> = {},
): LocalResponseNorm {
  return {
    kind: "localResponseNorm",
    name,
    size: 5,
    alpha: 5e-4,
    beta: 0.75,
    bias: 2,
    ...options,
  };
}
