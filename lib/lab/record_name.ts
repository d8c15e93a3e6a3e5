/**
 * Joins words to what a lab record and its file can be called: lower case, with
 * hyphens for all that is no letter, digit or decimal point.
 *
 * @example Names of networks have spaces and more
 * ```ts
 * import { recordName } from "./record_name.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   recordName("CIFAR-10", "ResNet-110, shortcut * 0.5, F * 1", "seed0"),
 *   "cifar-10-resnet-110-shortcut-0.5-f-1-seed0",
 * );
 * ```
 */
export function recordName(...words: string[]): string {
  return words.join("-").toLowerCase()
    .replaceAll(/[^a-z0-9]*[^a-z0-9.][^a-z0-9]*/g, "-")
    .replaceAll(/^[.-]+|[.-]+$/g, "");
}
