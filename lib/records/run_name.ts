import type { Precision } from "../backends/precision.ts";

/**
 * What a run is called in tables: its network's name, with the precision where
 * that is not float32.
 *
 * @example In mixed precision
 * ```ts
 * import { runName } from "./run_name.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(runName("ResNet-20"), "ResNet-20");
 * assertEquals(runName("ResNet-20", "bfloat16"), "ResNet-20, bfloat16");
 * ```
 */
export function runName(
  network: string,
  precision: Precision = "float32",
): string {
  return precision === "float32" ? network : `${network}, ${precision}`;
}
