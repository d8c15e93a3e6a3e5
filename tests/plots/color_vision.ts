/**
 * How far colours, as "#rrggbb", stand out from each other.
 *
 * @module
 */

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Red, green and blue as amounts of light (sRGB's curve undone). */
function light(color: string): Triple {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
}

function times(matrix: Matrix, [a, b, c]: Triple): Triple {
  const [x, y, z] = matrix.map(([p, q, r]) => p * a + q * b + r * c);
  return [x!, y!, z!];
}

/** Contrast of two colours by WCAG 2.2: 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark, bright] = [one, other]
    .map((color) => {
      const [red, green, blue] = light(color);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    })
    .toSorted((a, b) => a - b);
  return (bright! + 0.05) / (dark! + 0.05);
}

/** What people see of light: matrices of Machado et al. 2009, severity 1. */
const SEEN = {
  "usual eyes": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Record<string, Matrix>;

/** A kind of eyes. */
export type Vision = keyof typeof SEEN;

/** All kinds of eyes. */
export const VISIONS = Object.keys(SEEN) as Vision[];

/** Distance of two colours in Oklab (Ottosson 2020) as somebody sees them. */
export function difference(one: string, other: string, vision: Vision): number {
  const [a, b] = [one, other].map((color) =>
    oklab(clipped(times(SEEN[vision], light(color))))
  );
  return Math.hypot(...a!.map((value, i) => value - b![i]!));
}

function clipped([red, green, blue]: Triple): Triple {
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [clip(red), clip(green), clip(blue)];
}

function oklab(color: Triple): Triple {
  const [l, m, s] = times([
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
  ], color);
  return times([
    [0.2104542553, 0.793617785, -0.0040720468],
    [1.9779984951, -2.428592205, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.808675766],
  ], [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)]);
}
