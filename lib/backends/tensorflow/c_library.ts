import { cString } from "./memory.ts";

const RTLD_NOW = 2;
const O_WRONLY = 1;
const STDERR = 2;

const SYMBOLS = {
  dlopen: { parameters: ["buffer", "i32"], result: "pointer" },
  open: { parameters: ["buffer", "i32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  dup: { parameters: ["i32"], result: "i32" },
  dup2: { parameters: ["i32", "i32"], result: "i32" },
} as const;

/** The C library; `undefined` where it has another name than it has here. */
function openCLibrary() {
  const name = Deno.build.os === "darwin" ? "libSystem.B.dylib" : "libc.so.6";
  try {
    return Deno.dlopen(name, SYMBOLS).symbols;
  } catch {
    // A C library before glibc 2.34, or another one. What is done with it here
    // is for comfort.
    return undefined;
  }
}

const library = openCLibrary();

/**
 * Takes a reference to a shared library that nobody gives back, so that it
 * stays in memory until the process ends.
 *
 * Deno unloads libraries as it ends. TensorFlow's threads are still running
 * then, and the process would die of a segmentation fault after its work is
 * done.
 */
export function keepLoaded(path: string): void {
  library?.dlopen(cString(path), RTLD_NOW);
}

/** Runs `quiet` with what the process writes to stderr thrown away. */
export function withoutStderr<T>(quiet: () => T): T {
  if (library === undefined) return quiet();
  const nowhere = library.open(cString("/dev/null"), O_WRONLY);
  if (nowhere < 0) return quiet();
  const stderr = library.dup(STDERR);
  library.dup2(nowhere, STDERR);
  try {
    return quiet();
  } finally {
    library.dup2(stderr, STDERR);
    library.close(stderr);
    library.close(nowhere);
  }
}
