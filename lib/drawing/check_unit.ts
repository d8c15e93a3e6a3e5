/**
 * Checks what callers without types, such as a notebook's cells, may get wrong:
 * that a unit is a layer, and no network.
 *
 * @throws {TypeError} If it is none, saying where to take one from.
 */
export function checkUnit(unit: unknown): void {
  if (isObject(unit) && "kind" in unit) return;
  throw new TypeError(`Expected a unit but found ${describe(unit)}`);
}

function describe(value: unknown): string {
  if (isObject(value) && "layers" in value) {
    return `a network, ${value.name}: take the unit of one of unitsOf(network)`;
  }
  if (isObject(value) && "unit" in value) {
    return "one with its place: take its property unit";
  }
  return Array.isArray(value) ? "a list" : String(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
