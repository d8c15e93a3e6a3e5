/** Where progress is shown. */
export interface ProgressOutput {
  /** Writes text as it is. */
  write(text: string): void;
  /** Whether a written line can be written over. */
  readonly isTerminal: boolean;
  /** Characters that a line of the terminal has, if that is known. */
  readonly columns?: () => number | undefined;
}

/** The terminal or log that this process writes its errors to. */
export const standardError: ProgressOutput = {
  write(text) {
    const bytes = new TextEncoder().encode(text);
    for (let written = 0; written < bytes.length;) {
      written += Deno.stderr.writeSync(bytes.subarray(written));
    }
  },
  isTerminal: Deno.stderr.isTerminal(),
  columns() {
    try {
      return Deno.consoleSize().columns;
    } catch {
      return undefined; // where nothing is a terminal
    }
  },
};

/**
 * A time span in words.
 *
 * @example Seconds, minutes and hours
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { inWords } from "./progress.ts";
 *
 * assertEquals(inWords(900), "0.9 s");
 * assertEquals(inWords(12_400), "12 s");
 * assertEquals(inWords(161_000), "2 min 41 s");
 * assertEquals(inWords(30_008_000), "8 h 20 min");
 * ```
 */
export function inWords(milliseconds: number): string {
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/**
 * Says what is going on while `work` runs, and how long it has taken: each
 * second on a terminal, each half minute in a log.
 *
 * @param ending Says in a word how the work ended; "done" by default
 * @param place Says how far the work is, such as "cell 3 of 55"; nothing by
 * default
 *
 * @example A step that takes no time
 * ```ts
 * import { assertMatch } from "@std/assert";
 * import { withProgress } from "./progress.ts";
 *
 * let log = "";
 * const output = { write: (text: string) => log += text, isTerminal: false };
 * await withProgress("Counting", () => Promise.resolve(3), output);
 * assertMatch(log, /^Counting \.\.\.\nCounting: done in 0\.\d s\n$/);
 * ```
 */
export async function withProgress<T>(
  what: string,
  work: () => Promise<T>,
  output: ProgressOutput = standardError,
  ending: (result: T) => string = () => "done",
  place: () => string = () => "",
): Promise<T> {
  const start = performance.now();
  const elapsed = () => inWords(performance.now() - start);
  const write = (text: string, end: string) =>
    output.write(output.isTerminal ? `\r\x1b[K${text}${end}` : `${text}\n`);
  write(`${what} ...`, "");
  const timer = setInterval(
    () =>
      write([`${what} ...`, place(), elapsed()].filter(Boolean).join(" "), ""),
    output.isTerminal ? 1_000 : 30_000,
  );
  try {
    const result = await work();
    write(`${what}: ${ending(result)} in ${elapsed()}`, "\n");
    return result;
  } catch (error) {
    write(`${what}: failed after ${elapsed()}`, "\n");
    throw error;
  } finally {
    clearInterval(timer);
  }
}
