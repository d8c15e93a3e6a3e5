import type { CommandResult } from "./run_command.ts";
import { SetupFailure } from "./setup_failure.ts";

/** What was being installed when pip failed. */
export interface PipRun {
  /** What the reader knows it as, such as "JupyterLab". */
  readonly what: string;
  /** Room that it takes on the disk, in megabytes. */
  readonly diskMegabytes: number;
  /** The file that holds all that pip said. */
  readonly log: string;
}

interface Cause {
  /** What pip says when it is this. */
  readonly says: RegExp;
  readonly problem: (run: PipRun) => string;
  readonly mend: (run: PipRun) => string;
}

/**
 * The causes in the order in which they are looked for: a full disk or a bad
 * certificate also shows as a failed download, a failed download as "no
 * matching distribution".
 */
const CAUSES: readonly Cause[] = [
  {
    says:
      /No space left on device|Errno 28\b|Disk quota exceeded|Errno 122\b|not enough space on the disk|WinError 112\b/i,
    problem: ({ what }) => `The disk is full: ${what} does not fit`,
    mend: ({ diskMegabytes }) =>
      `free about ${gigabytes(diskMegabytes)} and run this again`,
  },
  {
    says:
      /CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError|certificate verify failed/i,
    problem: ({ what }) =>
      `${what} could not be fetched: the package index's certificate is not trusted, as behind a proxy that reads along`,
    mend: () =>
      "name the proxy's certificate file with the variable PIP_CERT and run this again",
  },
  {
    says: /Tunnel connection failed|ProxyError|Cannot connect to proxy/i,
    problem: ({ what }) =>
      `${what} could not be fetched: the proxy does not answer`,
    mend: () => "check the variable HTTPS_PROXY and run this again",
  },
  {
    says:
      /NewConnectionError|NameResolutionError|Name or service not known|name resolution|nodename nor servname|getaddrinfo failed|Failed to establish a new connection|Network is unreachable|No route to host|Connection refused|ConnectTimeoutError|ConnectionResetError|Connection aborted|Read timed out|ReadTimeoutError|IncompleteRead|Connection broken|RemoteDisconnected/i,
    problem: ({ what }) =>
      `${what} could not be fetched: the package index cannot be reached`,
    mend: () =>
      "check the network (and HTTPS_PROXY, PIP_INDEX_URL where they are used) and run this again; what was fetched is kept",
  },
  {
    says:
      /DO NOT MATCH THE HASHES|In --require-hashes mode|Hashes are required/i,
    problem: ({ what }) =>
      `${what} is not what this project has the checksums of: it arrived damaged, or the package index has packages of its own`,
    mend: () =>
      "empty pip's cache (.venv/bin/python -m pip cache purge) and run this again; if that is no help, without PIP_INDEX_URL, PIP_EXTRA_INDEX_URL and PIP_FIND_LINKS",
  },
  {
    says: /BadZipFile|is invalid|has an invalid wheel/i,
    problem: ({ what }) => `${what} arrived damaged`,
    mend: () =>
      "empty pip's cache (.venv/bin/python -m pip cache purge) and run this again",
  },
  {
    // pip says no more than this of an index that does not answer when it is
    // told not to try again.
    says: /from versions: none/i,
    problem: ({ what }) =>
      `${what} could not be fetched: the package index cannot be reached, or has none for this system`,
    mend: () =>
      "check the network (and HTTPS_PROXY, PIP_INDEX_URL where they are used) and run this again; TensorFlow needs Linux with glibc 2.27 or newer, or macOS 12 or newer",
  },
  {
    says: /No matching distribution found|not a supported wheel/i,
    problem: ({ what }) => `${what} is not offered for this system`,
    mend: () =>
      "use Linux with glibc 2.27 or newer, or macOS 12 or newer, and one of Python 3.10 to 3.14",
  },
  {
    says:
      /Permission denied|Errno 13\b|Access is denied|Read-only file system|Errno 30\b/i,
    problem: ({ what }) => `${what} could not be written into .venv`,
    mend: () =>
      "make the project's folder your own (it may hold files of another user) and run this again",
  },
];

/**
 * Turns the end of a failed pip into one sentence that names the cause and one
 * that mends it.
 *
 * @example A machine without network
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { explainPip } from "./explain_pip.ts";
 *
 * const failure = explainPip(
 *   { what: "JupyterLab", diskMegabytes: 350, log: ".venv/setup.log" },
 *   {
 *     code: 1,
 *     signal: null,
 *     interrupted: false,
 *     stdout: "",
 *     stderr: "[Errno -3] Temporary failure in name resolution",
 *   },
 * );
 * assertEquals(
 *   failure.message,
 *   "JupyterLab could not be fetched: the package index cannot be reached",
 * );
 * ```
 */
export function explainPip(run: PipRun, end: CommandResult): SetupFailure {
  const words = `${end.stdout}\n${end.stderr}`;
  const cause = CAUSES.find(({ says }) => says.test(words));
  if (cause && !end.interrupted) {
    return new SetupFailure(cause.problem(run), cause.mend(run));
  }
  if (
    end.interrupted || end.signal !== null || end.code > 128 ||
    /^\s*ERROR: Operation cancelled/m.test(words)
  ) {
    const killed = end.signal === "SIGKILL"
      ? " (killed, perhaps for want of memory)"
      : "";
    return new SetupFailure(
      `Installing ${run.what} was interrupted${killed}`,
      "run this again; it repairs what was left half done",
    );
  }
  const last = words.trim().split("\n").filter((line) => line.trim() !== "")
    .findLast((line) => /error/i.test(line)) ?? "pip said nothing";
  return new SetupFailure(
    `Installing ${run.what} failed with code ${end.code}: ${last.trim()}`,
    `read all that pip said in ${run.log}, and run this again`,
  );
}

/**
 * Megabytes as gigabytes, for a sentence.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gigabytes } from "./explain_pip.ts";
 *
 * assertEquals(gigabytes(1640), "1.6 GB");
 * ```
 */
export function gigabytes(megabytes: number): string {
  return `${(megabytes / 1000).toFixed(1)} GB`;
}
