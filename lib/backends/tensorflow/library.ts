import { dirname, join } from "@std/path";
import { keepLoaded, withoutStderr } from "./c_library.ts";
import {
  findTensorFlowLibrary,
  libraryNames,
} from "../../setup/tensorflow_library.ts";
import { cString, notNull, type Pointer, readCString } from "./memory.ts";
import { SYMBOLS, type Symbols } from "./symbols.ts";

/** An opened TensorFlow library. */
export interface Library {
  /** Functions of the C API. */
  readonly symbols: Symbols;
  /** TensorFlow's version, such as "2.21.0". */
  readonly version: string;
  /** File that was opened. */
  readonly path: string;
  /**
   * Status object for calls that return before the next one starts. Calls that
   * run on other threads need one of their own.
   */
  readonly status: Pointer;
}

/** TensorFlow's error codes, by number. */
const CODES = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
];

/** What TensorFlow says went wrong. */
export class TensorFlowError extends Error {
  override name = "TensorFlowError";
  /** TensorFlow's code, such as "INVALID_ARGUMENT". */
  readonly code: string;

  /** Makes the error from where it happened, TensorFlow's code and its words. */
  constructor(where: string, code: number, message: string) {
    const name = CODES[code] ?? `code ${code}`;
    super(`${where}: ${message} (${name})`);
    this.code = name;
  }
}

/**
 * Throws what `status` holds, if it is not OK.
 *
 * @param where What was being done, for the error's text.
 * @throws {TensorFlowError} If the status is not OK.
 */
export function checkStatus(
  { symbols, status }: Pick<Library, "symbols" | "status">,
  where: string | (() => string),
): void {
  const code = symbols.TF_GetCode(status);
  if (code === 0) return;
  const message = readCString(symbols.TF_Message(status));
  // Not every function sets the status when all is well.
  symbols.TF_SetStatus(status, 0, cString(""));
  throw new TensorFlowError(
    typeof where === "string" ? where : where(),
    code,
    message,
  );
}

const opened = new Map<string, Library>();

/**
 * Opens TensorFlow's C library.
 *
 * @param path File of the library (`libtensorflow_cc.so.2`); found by
 * `deno task setup`'s rules if left out.
 * @throws {Error} If there is no library, or it cannot be opened.
 */
export function openLibrary(path?: string): Library {
  const files = libraryFiles(path);
  const known = opened.get(files.cc);
  if (known !== undefined) return known;
  setDefaults();
  // While it is loaded TensorFlow remarks on oneDNN, whatever the log level.
  return withoutStderr(() => load(files));
}

function load(files: { cc: string; framework: string }): Library {
  try {
    // The framework library first: the other needs its symbols, and its
    // run path finds CUDA's libraries beside it.
    keepLoaded(files.framework);
    Deno.dlopen(files.framework, {});
    keepLoaded(files.cc);
    const { symbols } = Deno.dlopen(files.cc, SYMBOLS);
    const library: Library = {
      symbols,
      version: readCString(symbols.TF_Version()),
      path: files.cc,
      status: notNull(symbols.TF_NewStatus(), "a status"),
    };
    opened.set(files.cc, library);
    return library;
  } catch (cause) {
    throw new Error(
      `Cannot open the TensorFlow library ${files.cc}: ${
        cause instanceof Error ? cause.message : cause
      }`,
      { cause },
    );
  }
}

/** Settings that TensorFlow reads when it is loaded; the user's own prevail. */
function setDefaults(): void {
  const defaults: Record<string, string> = {
    // It logs to stderr what a reader of a notebook cannot use.
    TF_CPP_MIN_LOG_LEVEL: "2",
    // Without this TensorFlow takes oneDNN's convolutions only on some of
    // Intel's processors. Elsewhere they are twice as fast as its own too.
    ...Deno.build.arch === "x86_64" ? { TF_ENABLE_ONEDNN_OPTS: "1" } : {},
  };
  for (const [name, value] of Object.entries(defaults)) {
    if (Deno.env.get(name) === undefined) Deno.env.set(name, value);
  }
}

function libraryFiles(path?: string): { cc: string; framework: string } {
  if (path !== undefined) {
    const { framework } = libraryNames(Deno.build.os);
    return { cc: path, framework: join(dirname(path), framework) };
  }
  const found = findTensorFlowLibrary();
  if (found === undefined) {
    throw new Error(
      "Found no TensorFlow library: run `deno task setup`, or set TENSORFLOW_LIBRARY to the path of libtensorflow_cc",
    );
  }
  return found;
}
