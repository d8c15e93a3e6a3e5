import { checkInteger } from "../data/check_integer.ts";

/** A picture as bytes of shape `[height, width, 3]`. */
export interface TestPicture {
  readonly height: number;
  readonly width: number;
  /** A byte for each value, 0 to 255: row by row, red, green and blue. */
  readonly bytes: Uint8Array;
}

/** The disc: its middle and its radius, in parts of the shorter side. */
const DISC = { row: 0.42, column: 0.55, radius: 0.3 };

/**
 * A picture that is computed, for showing what becomes of pictures: a bright
 * disc left of the middle with a dark stripe on it, before a background that
 * grows lighter downward, with the horizon as an edge. No two of its corners are
 * alike, and it is not its own mirror image.
 *
 * @param height In pixels.
 * @param width In pixels.
 * @throws {RangeError} If one is not an integer of at least 1.
 *
 * @example Usage
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { testPicture } from "./test_picture.ts";
 *
 * const { bytes } = testPicture(6, 8);
 * assertEquals(bytes.length, 6 * 8 * 3);
 * assert(bytes[0] !== bytes[7 * 3]); // upper left and upper right
 * ```
 */
export function testPicture(height: number, width: number): TestPicture {
  checkInteger(height, "height", 1);
  checkInteger(width, "width", 1);
  const shorter = Math.min(height, width);
  const bytes = new Uint8Array(height * width * 3);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = [(row + 0.5) / shorter, (column + 0.5) / shorter] as const;
      const across = (column + 0.5) / width;
      const down = (row + 0.5) / height;
      bytes.set(colourAt(at, across, down), 3 * (row * width + column));
    }
  }
  return { height, width, bytes };
}

function colourAt(
  [row, column]: readonly [number, number],
  across: number,
  down: number,
): [red: number, green: number, blue: number] {
  const [y, x] = [row - DISC.row, column - DISC.column];
  if (Math.hypot(y, x) < DISC.radius) {
    const stripe = Math.abs(y + x) < 0.06;
    return stripe ? [60, 40, 20] : [250, 200, 90];
  }
  return down < 0.7
    ? [70 + 40 * across, 110 + 50 * down, 150 + 70 * across]
    : [60 + 90 * across, 120 + 40 * across, 60];
}

/**
 * The picture's brightness on a coarser grid, for drawing it: means over the
 * pixels of each cell, weighted as eyes see red, green and blue (ITU-R BT.601).
 *
 * @param cells Cells along the shorter side, at most its pixels.
 * @returns Rows of values of 0 to 255, the uppermost first.
 * @throws {RangeError} If `cells` is not an integer of at least 1.
 */
export function brightness(
  { height, width, bytes }: TestPicture,
  cells: number,
): number[][] {
  checkInteger(cells, "cells", 1);
  const cell = Math.max(1, Math.min(height, width) / cells);
  const sums = Array.from(
    { length: Math.ceil(height / cell) },
    () =>
      Array.from({ length: Math.ceil(width / cell) }, () => [0, 0] as number[]),
  );
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const i = 3 * (row * width + column);
      const sum = sums[Math.floor(row / cell)]![Math.floor(column / cell)]!;
      sum[0]! += 0.299 * bytes[i]! + 0.587 * bytes[i + 1]! +
        0.114 * bytes[i + 2]!;
      sum[1]!++;
    }
  }
  return sums.map((line) =>
    line.map(([sum = 0, count = 0]) => Math.round(sum / count))
  );
}
