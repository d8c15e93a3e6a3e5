/** Square windows over an image, in rows and columns. */
export interface Windows {
  /** Height and width of a window in pixels. */
  readonly size: number;
  /** Step between windows in pixels. */
  readonly stride: number;
  /** Border on each side of the image, in pixels: less than `size`. */
  readonly padding: number;
  /**
   * Whether pixels at the end that do not fill a window are left out ("floor"),
   * or get a window that reaches beyond the border ("ceil", as in Caffe and
   * PyTorch's `ceil_mode`). Such a window must start inside the image or the
   * border before it.
   */
  readonly rounding: "floor" | "ceil";
}

/**
 * Number of windows in a row of `length` pixels; below 1 if none fits.
 *
 * @example Three windows fit, and a fourth in part
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { countWindows } from "./windows.ts";
 *
 * const windows = { size: 3, stride: 2, padding: 0 };
 * assertEquals(countWindows(8, { ...windows, rounding: "floor" }), 3);
 * assertEquals(countWindows(8, { ...windows, rounding: "ceil" }), 4);
 * ```
 */
export function countWindows(
  length: number,
  { size, stride, padding, rounding }: Windows,
): number {
  const steps = (length + 2 * padding - size) / stride;
  const count = Math[rounding](steps) + 1;
  const startsBeyond = (count - 1) * stride >= length + padding;
  return rounding === "ceil" && startsBeyond ? count - 1 : count;
}

/** Pixels by which the last window reaches beyond the border. */
export function pixelsBeyond(length: number, windows: Windows): number {
  const { size, stride, padding } = windows;
  const end = (countWindows(length, windows) - 1) * stride + size;
  return Math.max(0, end - (length + 2 * padding));
}
