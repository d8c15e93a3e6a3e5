/**
 * What the processor says it can do: its `flags` on x86-64, its `Features` on
 * arm64; none where there is no `/proc/cpuinfo`.
 *
 * @param cpuinfo Default the text of `/proc/cpuinfo`.
 *
 * @example Of the first of its cores
 * ```ts
 * import { processorFlags } from "./processor_flags.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const intel = "model name\t: a CPU\nflags\t\t: fpu avx avx2\n";
 * assertEquals(processorFlags(intel), new Set(["fpu", "avx", "avx2"]));
 * const arm = "Features\t: fp asimd\n\nFeatures\t: fp\n";
 * assertEquals(processorFlags(arm), new Set(["fp", "asimd"]));
 * ```
 */
export function processorFlags(cpuinfo: string = readCpuinfo()): Set<string> {
  const [, flags = ""] = cpuinfo.match(/^(?:flags|Features)\s*:(.*)$/m) ?? [];
  return new Set(flags.split(/\s+/).filter((flag) => flag !== ""));
}

function readCpuinfo(): string {
  try {
    return Deno.readTextFileSync("/proc/cpuinfo");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}
