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

/**
 * In training each value is kept with probability `1 - rate` and divided by
 * `1 - rate`, or else is 0, so that its mean stays as it is. Otherwise the
 * identity. (R16 section 3.1 has it on the shortcut, at rate 0.5.)
 */
export interface Dropout {
  readonly kind: "dropout";
  readonly name: string;
  /** Probability that a value is dropped, from 0 to below 1. */
  readonly rate: number;
}

/** `factor * x` (R16 section 3.1, constant scaling). */
export interface Scale {
  readonly kind: "scale";
  readonly name: string;
  readonly factor: number;
}

/** Every `stride`th pixel, with channels of zeros appended. */
export function zeroPadShortcut(
  name: string,
  channels: number,
  stride = 1,
): ZeroPadShortcut {
  return { kind: "zeroPadShortcut", name, stride, channels };
}

/** All values of an image as one list of features. */
export function flatten(name: string): Flatten {
  return { kind: "flatten", name };
}

/** Values dropped with probability `rate` in training. */
export function dropout(name: string, rate: number): Dropout {
  return { kind: "dropout", name, rate };
}

/** `factor * x`. */
export function scale(name: string, factor: number): Scale {
  return { kind: "scale", name, factor };
}
