import { runCommand } from "./run_command.ts";

/** A graphics card, as NVIDIA's driver tells. */
export interface NvidiaGpu {
  /** Such as "NVIDIA H200". */
  readonly name: string;
  /** Its memory in MiB. */
  readonly memoryMebibytes: number;
  /** The driver's version, such as "570.86.15". */
  readonly driver: string;
}

/**
 * Reads the output of `nvidia-smi --query-gpu=name,memory.total,driver_version
 * --format=csv,noheader,nounits`.
 *
 * @example One card
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseGpus } from "./nvidia_gpus.ts";
 *
 * assertEquals(parseGpus("NVIDIA H200, 143771, 570.86.15\n"), [
 *   { name: "NVIDIA H200", memoryMebibytes: 143771, driver: "570.86.15" },
 * ]);
 * ```
 */
export function parseGpus(text: string): NvidiaGpu[] {
  return text.split("\n").flatMap((line) => {
    const parts = /^(.+), *([\d.]+|\[.*\]), *([\d.]+)\s*$/.exec(line);
    if (parts === null) return [];
    return [{
      name: (parts[1] ?? "").trim(),
      memoryMebibytes: Number(parts[2]) || 0, // "[N/A]" on shared memory
      driver: parts[3] ?? "",
    }];
  });
}

/** The machine's NVIDIA cards; none where there is no driver. */
export async function listNvidiaGpus(
  variables: Readonly<Record<string, string>> = Deno.env.toObject(),
): Promise<NvidiaGpu[]> {
  try {
    const { code, stdout } = await runCommand("nvidia-smi", [
      "--query-gpu=name,memory.total,driver_version",
      "--format=csv,noheader,nounits",
    ], { environment: variables });
    return code === 0 ? parseGpus(stdout) : [];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
