/** What the operating system says of this process's memory, in bytes. */
export interface ProcessMemory {
  /** Held now (`VmRSS`). */
  readonly resident: number;
  /** The most that was held at one time (`VmHWM`). */
  readonly peak: number;
}

/**
 * Reads this process's memory.
 *
 * @throws {Deno.errors.NotFound} Where there is no `/proc`: it needs Linux.
 */
export function processMemory(): ProcessMemory {
  const status = Deno.readTextFileSync("/proc/self/status");
  const read = (name: string) => {
    const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status);
    if (kibibytes === null) throw new Error(`/proc tells no ${name}`);
    return Number(kibibytes[1]) * 1024;
  };
  return { resident: read("VmRSS"), peak: read("VmHWM") };
}
