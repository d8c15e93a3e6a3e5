/** What a finished command left. */
export interface CommandResult {
  /** The exit code; 128 + the signal's number when a signal ended it. */
  readonly code: number;
  /** The signal that ended it, if one did. */
  readonly signal: Deno.Signal | null;
  /** Whether we were told to stop while it ran, and handed that on to it. */
  readonly interrupted: boolean;
  /** All of its standard output. */
  readonly stdout: string;
  /** All of its standard error. */
  readonly stderr: string;
}

/** Options of {@linkcode runCommand}. */
export interface RunCommandOptions {
  /** The whole environment of the command; by default our own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The folder to run in; by default our own. */
  readonly folder?: string;
  /** Told of each line of its standard output, as it comes. */
  readonly onLine?: (line: string) => void;
}

/** How a terminal or a supervisor tells a program to stop. */
const STOPS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a command to its end with no standard input, and hands back its output
 * instead of printing it. When we are told to stop, so is the command, so that
 * none is left behind.
 *
 * @example Ask a program for its version
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { runCommand } from "./run_command.ts";
 *
 * const { stdout } = await runCommand(Deno.execPath(), ["--version"]);
 * assertStringIncludes(stdout, "deno");
 * ```
 *
 * @throws {Deno.errors.NotFound} If there is no such program
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  { environment, folder, onLine }: RunCommandOptions = {},
): Promise<CommandResult> {
  let child: Deno.ChildProcess | undefined;
  let interrupted = false;
  const stop = () => {
    interrupted = true;
    try {
      child?.kill("SIGTERM");
    } catch {
      // It has ended, and what it started holds its pipes.
    }
  };
  // Before the command starts, so that we never end without it.
  for (const signal of STOPS) Deno.addSignalListener(signal, stop);
  try {
    child = new Deno.Command(program, {
      args: [...args],
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      ...(environment && { env: { ...environment }, clearEnv: true }),
      ...(folder && { cwd: folder }),
    }).spawn();
    const [stdout, stderr, { code, signal }] = await Promise.all([
      readText(child.stdout, onLine),
      readText(child.stderr),
      child.status,
    ]);
    return { code, signal, interrupted, stdout, stderr };
  } finally {
    for (const signal of STOPS) Deno.removeSignalListener(signal, stop);
  }
}

/** All of a stream; each line is told of as it comes. */
async function readText(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onLine?: (line: string) => void,
): Promise<string> {
  let text = "";
  let told = 0;
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    text += part;
    for (
      let end = text.indexOf("\n", told);
      end >= 0;
      end = text.indexOf("\n", told)
    ) {
      onLine?.(text.slice(told, end).trimEnd());
      told = end + 1;
    }
  }
  return text;
}
