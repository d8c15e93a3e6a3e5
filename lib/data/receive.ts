import { deadline } from "@std/async/deadline";
import { basename } from "@std/path";
import type { DownloadProgress } from "./progress.ts";

/** Options of {@linkcode receive}. */
export interface ReceiveOptions {
  /** Told how far it has come, ten times a second at most. */
  onProgress?: (progress: DownloadProgress) => void;
  /** Ends the download; what has come is kept for the next one. */
  signal?: AbortSignal;
  /**
   * Milliseconds without a byte after which a server is given up.
   *
   * @default {60_000}
   */
  silence?: number;
}

/** A failure of a server or of the way to it, not of this machine. */
export class ServerError extends Error {
  /** Whether asking the same server again can bring more. */
  readonly again: boolean;

  /**
   * @param message What the server did.
   * @param again Whether asking the same server again can bring more.
   */
  constructor(message: string, again: boolean) {
    super(message);
    this.again = again;
  }
}

const PROGRESS_INTERVAL = 100;

/**
 * Asks a server once, for all bytes of a file from `start` on, and appends them
 * to what is at hand.
 *
 * @param url The file's address.
 * @param part The file that holds the bytes before `start`.
 * @param start The first byte that is wanted.
 * @param size Bytes of the whole file.
 * @param options Progress, an end, and how long to wait.
 * @throws {ServerError} If not all of them came; those that did are kept.
 */
export async function receive(
  url: string,
  part: string,
  start: number,
  size: number,
  options: ReceiveOptions = {},
): Promise<void> {
  const connection = new AbortController();
  const signal = AbortSignal.any([
    connection.signal,
    ...(options.signal ? [options.signal] : []),
  ]);
  const report = progressReporter(
    basename(part, ".part"),
    start,
    size,
    options,
  );
  let received = start;
  try {
    const request = fetch(url, { headers: requestHeaders(start), signal });
    const response = await fromServer(request, options);
    let skip = checkResponse(response, start, size);
    const reader = response.body!.getReader();
    using output = await Deno.open(part, { create: true, append: true });
    while (true) {
      const { done, value } = await fromServer(reader.read(), options);
      if (done) break;
      const fresh = value.subarray(skip);
      skip -= value.length - fresh.length;
      if (received + fresh.length > size) {
        // It is another file, so none of its bytes are of use.
        await output.truncate(start);
        throw new ServerError(`sent more than ${size} bytes`, false);
      }
      await writeAll(output, fresh);
      received += fresh.length;
      report(received);
    }
    if (received < size) throw new ServerError("ended early", true);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    const came = received > start;
    throw new ServerError(
      error.message + (came ? ` (at byte ${received} of ${size})` : ""),
      error.again && came,
    );
  } finally {
    connection.abort();
  }
}

function requestHeaders(start: number): Headers {
  // A server that compresses would make sizes and ranges meaningless.
  const headers = new Headers({ "accept-encoding": "identity" });
  if (start > 0) headers.set("range", `bytes=${start}-`);
  return headers;
}

/** Waits for the network; what goes wrong there is the server's failure. */
async function fromServer<T>(
  promise: Promise<T>,
  { signal, silence = 60_000 }: ReceiveOptions,
): Promise<T> {
  try {
    return await deadline(promise, silence);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof DOMException && error.name === "TimeoutError") {
      throw new ServerError(`sent nothing for ${silence / 1000} s`, true);
    }
    // Deno says "fetch failed" and leaves the reason to the cause.
    const { cause = error } = error as Error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServerError(
      reason.replace(/^error sending request for url \(.*?\): /, ""),
      true,
    );
  }
}

/**
 * Returns how many of the body's first bytes are at hand already.
 *
 * A server may ignore the range and send all: then all that came before is
 * skipped, so that the part never shrinks.
 */
function checkResponse(
  response: Response,
  start: number,
  size: number,
): number {
  const { status, statusText, headers } = response;
  if (status === 200) {
    const length = headers.get("content-length");
    if (length !== null && Number(length) !== size) {
      throw new ServerError(
        `expected ${size} bytes but it has ${length}`,
        false,
      );
    }
    return start;
  }
  if (status === 206) {
    const range = headers.get("content-range") ?? "";
    const [, first, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range) ?? [];
    if (Number(first) !== start || (total !== "*" && Number(total) !== size)) {
      throw new ServerError(
        `expected the bytes from ${start} on of ${size} but found "${range}"`,
        false,
      );
    }
    return 0;
  }
  throw new ServerError(`HTTP ${status} ${statusText}`.trim(), false);
}

function progressReporter(
  name: string,
  start: number,
  totalBytes: number,
  { onProgress }: ReceiveOptions,
): (receivedBytes: number) => void {
  const startedAt = performance.now();
  let reportedAt = -Infinity;
  return (receivedBytes) => {
    const now = performance.now();
    const due = now - reportedAt >= PROGRESS_INTERVAL;
    if (!due && receivedBytes < totalBytes) return;
    reportedAt = now;
    const seconds = Math.max(1, now - startedAt) / 1000;
    const bytesPerSecond = (receivedBytes - start) / seconds;
    onProgress?.({ name, receivedBytes, totalBytes, bytesPerSecond });
  };
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let offset = 0; offset < bytes.length;) {
    offset += await file.write(bytes.subarray(offset));
  }
}
