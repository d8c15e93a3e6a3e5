/**
 * What the processor says it can do, as `/proc/cpuinfo` has it: its `flags` on
 * x86-64, its `Features` on arm64; none where there is no such file.
 *
 * @example
 * ```ts
 * import { processorFlags } from "./processor_flags.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(processorFlags().has(""), false);
 * ```
 */
export function processorFlags(): Set<string> {
  let text: string;
  try {
    text = Deno.readTextFileSync("/proc/cpuinfo");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Set();
    throw error;
  }
  const [, flags = ""] = text.match(/^(?:flags|Features)\s*:(.*)$/m) ?? [];
  return new Set(flags.split(/\s+/).filter((flag) => flag !== ""));
}
