import { format as formatBytes } from "@std/fmt/bytes";

/** How far a download has come. */
export interface DownloadProgress {
  /** What is downloaded, such as "cifar-10-binary.tar.gz". */
  readonly name: string;
  /** Bytes at hand, those of an earlier try included. */
  readonly receivedBytes: number;
  /** Bytes in all. */
  readonly totalBytes: number;
  /** Bytes per second in this try. */
  readonly bytesPerSecond: number;
}

/** Milliseconds between two lines where a line can't be written over. */
const LINE_INTERVAL = 5000;

/**
 * A download's progress as one line of text.
 *
 * @param progress How far it has come.
 * @returns The line, without an end of line.
 *
 * @example Usage
 * ```ts
 * import { progressLine } from "./progress.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const line = progressLine({
 *   name: "cifar-10-binary.tar.gz",
 *   receivedBytes: 85_000_000,
 *   totalBytes: 170_000_000,
 *   bytesPerSecond: 2_000_000,
 * });
 * assertEquals(line, "cifar-10-binary.tar.gz: 85 MB of 170 MB (50%), 2 MB/s");
 * ```
 */
export function progressLine(progress: DownloadProgress): string {
  const { name, receivedBytes, totalBytes, bytesPerSecond } = progress;
  const percent = Math.floor(100 * receivedBytes / totalBytes);
  const rate = formatBytes(Math.round(bytesPerSecond));
  return `${name}: ${formatBytes(receivedBytes)} of ${
    formatBytes(totalBytes)
  } (${percent}%), ${rate}/s`;
}

/**
 * Creates what shows progress to whoever started the program: one line that is
 * written over in a terminal, else (in a notebook or a log) a line at the start
 * and the end and every five seconds between.
 *
 * @param overLine Whether to write one line over and over.
 * @returns The function to call with each progress.
 */
export function progressPrinter(
  // Only a terminal has both; a notebook's kernel may inherit the second.
  overLine: boolean = Deno.stdin.isTerminal() && Deno.stderr.isTerminal(),
): (progress: DownloadProgress) => void {
  if (overLine) return printOverLine;
  let printedAt = -Infinity;
  return (progress) => {
    const now = performance.now();
    const ended = progress.receivedBytes === progress.totalBytes;
    if (!ended && now - printedAt < LINE_INTERVAL) return;
    printedAt = now;
    console.info(progressLine(progress));
  };
}

function printOverLine(progress: DownloadProgress): void {
  const ended = progress.receivedBytes === progress.totalBytes;
  const line = `\r${progressLine(progress)}\x1b[K${ended ? "\n" : ""}`;
  Deno.stderr.writeSync(new TextEncoder().encode(line));
}
