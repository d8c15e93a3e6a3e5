/**
 * Checks that there is something to plot.
 *
 * @param name What one of them is, such as "network".
 * @throws {RangeError} If there is none.
 */
export function checkAny(all: readonly unknown[], name: string): void {
  if (all.length > 0) return;
  throw new RangeError(`Expected at least one ${name} to plot but found none`);
}
