/**
 * Images that are read and decoded at a time by default: the number of cores, at
 * most 24. Deno has 32 threads for what blocks, which training steps run on too:
 * where images took all of them, a step would wait in line behind those.
 *
 * @param cores Default the machine's.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decodedAtATime } from "./decoded_at_a_time.ts";
 *
 * assertEquals([2, 24, 64].map((cores) => decodedAtATime(cores)), [2, 24, 24]);
 * ```
 */
export function decodedAtATime(
  cores: number = navigator.hardwareConcurrency,
): number {
  return Math.min(cores, 24);
}
