import type { Windows } from "../../ops/windows.ts";

/** The largest value in each window; nothing is taken from the border. */
export interface MaxPool extends Windows {
  readonly kind: "maxPool";
  readonly name: string;
}

/**
 * The mean of each window. The border's zeros are values like others (PyTorch's
 * `count_include_pad`): a window that lies partly in it is still divided by
 * `size * size`. Only what a window of rounding "ceil" has beyond the border is
 * not counted.
 */
export interface AveragePool extends Windows {
  readonly kind: "averagePool";
  readonly name: string;
}

/** The mean of each channel over all pixels. */
export interface GlobalAveragePool {
  readonly kind: "globalAveragePool";
  readonly name: string;
}

/**
 * The largest values over grids of windows that cover the image, whatever its
 * size (He et al. 2014, "Spatial pyramid pooling in deep convolutional
 * networks"). Of `n * n` bins, the one at row `i` from 0 covers the pixel rows
 * from `floor(i * height / n)` up to, but not with,
 * `ceil((i + 1) * height / n)`; columns likewise.
 *
 * Gives `[sum of n * n * channels]` features: grid after grid, and in each
 * row by row, column by column, channel by channel.
 */
export interface SpatialPyramidPool {
  readonly kind: "spatialPyramidPool";
  readonly name: string;
  /** `n` of each grid, such as `[7, 3, 2, 1]`. */
  readonly bins: readonly number[];
}

/** Windows of `size` pixels, by default next to each other. */
type WindowOptions = Partial<Omit<Windows, "size">>;

/** The largest value in each window of `size * size` pixels. */
export function maxPool(
  name: string,
  size: number,
  options: WindowOptions = {},
): MaxPool {
  return { kind: "maxPool", name, ...windows(size, options) };
}

/** The mean of each window of `size * size` pixels. */
export function averagePool(
  name: string,
  size: number,
  options: WindowOptions = {},
): AveragePool {
  return { kind: "averagePool", name, ...windows(size, options) };
}

/** The mean of each channel over all pixels. */
export function globalAveragePool(name: string): GlobalAveragePool {
  return { kind: "globalAveragePool", name };
}

/** The largest values over grids of `n * n` windows, for each `n` of `bins`. */
export function spatialPyramidPool(
  name: string,
  bins: readonly number[],
): SpatialPyramidPool {
  return { kind: "spatialPyramidPool", name, bins };
}

function windows(size: number, options: WindowOptions): Windows {
  return { size, stride: size, padding: 0, rounding: "floor", ...options };
}
