import { SetupFailure } from "./setup_failure.ts";

/**
 * Turns an error of the file system that the reader can mend into a
 * {@linkcode SetupFailure}; hands back any other as it is.
 *
 * @example A full disk
 * ```ts
 * import { assertInstanceOf } from "@std/assert";
 * import { explainSystemError } from "./explain_system_error.ts";
 * import { SetupFailure } from "./setup_failure.ts";
 *
 * assertInstanceOf(
 *   explainSystemError(new Error("No space left on device (os error 28)")),
 *   SetupFailure,
 * );
 * ```
 */
export function explainSystemError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof SetupFailure) return error;
  if (/os error (28|112|122)\b/.test(error.message)) {
    return new SetupFailure(
      "The disk is full",
      "free about 2 GB and run this again",
      { cause: error },
    );
  }
  if (
    error instanceof Deno.errors.PermissionDenied ||
    /os error (13|30)\b/.test(error.message)
  ) {
    return new SetupFailure(
      `The project's folder cannot be written to (${error.message})`,
      "make the project's folder your own (it may hold files of another user) and run this again",
      { cause: error },
    );
  }
  return error;
}
