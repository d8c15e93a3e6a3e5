import type { Measured } from "./alternate.ts";

/**
 * Asserts that all contenders trained the same network from the same values on
 * the same images: that their losses before the first update agree.
 *
 * Later losses drift apart, since rounding differs and a learning rate of 0.1
 * enlarges it.
 *
 * @param tolerance How far the losses may lie apart, relatively.
 * @throws {Error} If they lie further apart.
 */
export function assertSameFirstLoss(
  measured: readonly Measured[],
  tolerance: number,
): void {
  const expected = measured[0]?.losses[0] ?? NaN;
  for (const { name, losses } of measured) {
    const [loss = NaN] = losses;
    if (Math.abs(loss - expected) <= tolerance * Math.abs(expected)) continue;
    throw new Error(
      `Expected all contenders to start from a loss of ${expected} but ${name} started from ${loss}: they do not train the same network`,
    );
  }
}
