import { basename, dirname, join } from "@std/path";
import { projectRoot, sitePackages } from "./project.ts";

/** Where TensorFlow's two shared libraries are. */
export interface TensorFlowLibrary {
  /** Absolute path of the library that holds the C API (`libtensorflow_cc`). */
  readonly cc: string;
  /** Absolute path of the library that `cc` needs; open it first. */
  readonly framework: string;
  /** Where they come from, in words for the reader. */
  readonly origin: string;
}

/** What {@linkcode findTensorFlowLibrary} looks at, for tests. */
export interface FindTensorFlowLibraryOptions {
  /** The project's folder; by default the one that holds this file. */
  readonly root?: string;
  /** The value of `TENSORFLOW_LIBRARY`; by default the environment's. */
  readonly named?: string | undefined;
  /** The operating system; by default the one we run on. */
  readonly os?: typeof Deno.build.os;
}

/**
 * The file names of TensorFlow's shared libraries on an operating system.
 *
 * @example Names on Linux
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { libraryNames } from "./tensorflow_library.ts";
 *
 * assertEquals(libraryNames("linux"), {
 *   cc: "libtensorflow_cc.so.2",
 *   framework: "libtensorflow_framework.so.2",
 * });
 * ```
 */
export function libraryNames(
  os: typeof Deno.build.os,
): { cc: string; framework: string } {
  return os === "darwin"
    ? {
      cc: "libtensorflow_cc.2.dylib",
      framework: "libtensorflow_framework.2.dylib",
    }
    : {
      cc: "libtensorflow_cc.so.2",
      framework: "libtensorflow_framework.so.2",
    };
}

/**
 * Finds TensorFlow's C library: the one that `TENSORFLOW_LIBRARY` names (the
 * file `libtensorflow_cc.so.2` or its folder), else the one that
 * `deno task setup` put into the project's `.venv`.
 *
 * Links are followed, since the libraries find CUDA's relative to the folder
 * that they are opened from.
 *
 * @returns The libraries' paths, or `undefined` where none is installed
 * @throws {Deno.errors.NotFound} If `TENSORFLOW_LIBRARY` is set but the
 * libraries are not there
 */
export function findTensorFlowLibrary(
  options: FindTensorFlowLibraryOptions = {},
): TensorFlowLibrary | undefined {
  const os = options.os ?? Deno.build.os;
  const named = "named" in options
    ? options.named
    : Deno.env.get("TENSORFLOW_LIBRARY");
  if (named) return namedLibrary(named, os);
  if (os === "windows") return undefined;
  for (const folder of sitePackages(options.root ?? projectRoot(), os)) {
    const names = libraryNames(os);
    const cc = fileAt(join(folder, "tensorflow", names.cc));
    const framework = fileAt(join(folder, "tensorflow", names.framework));
    if (cc && framework) {
      return { cc, framework, origin: wheelName(folder) };
    }
  }
  return undefined;
}

function namedLibrary(
  named: string,
  os: typeof Deno.build.os,
): TensorFlowLibrary {
  const names = libraryNames(os);
  const isFolder = statAt(named)?.isDirectory ?? false;
  const wantedCc = isFolder ? join(named, names.cc) : named;
  const wantedFramework = join(dirname(wantedCc), names.framework);
  const cc = fileAt(wantedCc);
  if (cc === undefined) {
    throw new Deno.errors.NotFound(
      `Expected TENSORFLOW_LIBRARY to be the path of ${names.cc} or its folder but found no file ${wantedCc}`,
    );
  }
  // A versioned file is often reached through a link that has its plain name,
  // and the framework library may lie beside either.
  const framework = fileAt(wantedFramework) ??
    fileAt(join(dirname(cc), names.framework));
  if (framework === undefined) {
    throw new Deno.errors.NotFound(
      `Expected TENSORFLOW_LIBRARY to be the path of ${names.cc} or its folder, with ${names.framework} beside it, but found no file ${wantedFramework}`,
    );
  }
  return { cc, framework, origin: "TENSORFLOW_LIBRARY" };
}

/** The wheel that a `site-packages` folder got its TensorFlow from. */
function wheelName(sitePackagesFolder: string): string {
  for (const { name } of Deno.readDirSync(sitePackagesFolder)) {
    const parts = /^(tensorflow(?:_cpu)?)-(.+)\.dist-info$/.exec(name);
    if (parts) {
      return `${parts[1]?.replace("_", "-")} ${parts[2]} in ${
        basename(dirname(dirname(dirname(sitePackagesFolder))))
      }`;
    }
  }
  return `a wheel in ${sitePackagesFolder}`;
}

/** The path that `path` leads to, links followed, if that is a file. */
function fileAt(path: string): string | undefined {
  return statAt(path)?.isFile ? Deno.realPathSync(path) : undefined;
}

function statAt(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory
    ) return undefined;
    throw error;
  }
}
