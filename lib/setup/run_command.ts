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
  { environment, folder }: RunCommandOptions = {},
): Promise<CommandResult> {
  const child = new Deno.Command(program, {
    args: [...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    ...(environment && { env: { ...environment }, clearEnv: true }),
    ...(folder && { cwd: folder }),
  }).spawn();
  let interrupted = false;
  const stop = () => {
    interrupted = true;
    child.kill("SIGTERM");
  };
  for (const signal of STOPS) Deno.addSignalListener(signal, stop);
  try {
    const output = await child.output();
    const decoder = new TextDecoder();
    return {
      code: output.code,
      signal: output.signal,
      interrupted,
      stdout: decoder.decode(output.stdout),
      stderr: decoder.decode(output.stderr),
    };
  } finally {
    for (const signal of STOPS) Deno.removeSignalListener(signal, stop);
  }
}
