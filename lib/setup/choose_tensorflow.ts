import { DELIMITER, join } from "@std/path";
import { SetupFailure } from "./setup_failure.ts";

/** The TensorFlow that is fetched from the Python Package Index. */
export const TENSORFLOW_VERSION = "2.21.0";

/** What the reader asked for: `--gpu`, `--cpu`, or to look for a driver. */
export type Choice = "gpu" | "cpu" | "auto";

/** A wheel, or several, that hold TensorFlow's C library. */
export interface TensorFlowWheels {
  readonly kind: "cpu" | "cuda";
  /** Name of the file in `lib/setup` that pip is given. */
  readonly requirements: string;
  /** What it is, in words. */
  readonly what: string;
  /** To fetch, in megabytes. */
  readonly fetchMegabytes: number;
  /** On the disk, in megabytes. */
  readonly diskMegabytes: number;
}

/** Why no wheel is installed. */
export interface NoTensorFlowWheels {
  readonly kind: "own" | "none";
  /** The reason, one sentence. */
  readonly why: string;
}

/** What the choice depends on. */
export interface ChooseTensorFlowOptions {
  readonly os: typeof Deno.build.os;
  readonly arch: typeof Deno.build.arch;
  readonly choice: Choice;
  /** Whether the machine has NVIDIA's driver. */
  readonly hasNvidiaDriver: boolean;
  /** The value of `TENSORFLOW_LIBRARY`. */
  readonly named: string | undefined;
}

/**
 * Chooses the wheels that bring TensorFlow's C library to this machine.
 *
 * @example A laptop with Linux
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { chooseTensorFlow } from "./choose_tensorflow.ts";
 *
 * const chosen = chooseTensorFlow({
 *   os: "linux",
 *   arch: "x86_64",
 *   choice: "auto",
 *   hasNvidiaDriver: false,
 *   named: undefined,
 * });
 * assertEquals(chosen.kind, "cpu");
 * ```
 *
 * @throws {SetupFailure} If a GPU was asked for where TensorFlow uses none
 */
export function chooseTensorFlow(
  options: ChooseTensorFlowOptions,
): TensorFlowWheels | NoTensorFlowWheels {
  const { os, arch, choice, hasNvidiaDriver, named } = options;
  const takesCuda = os === "linux" && arch === "x86_64";
  if (choice === "gpu" && !takesCuda) {
    throw new SetupFailure(
      `TensorFlow uses a GPU on Linux x86-64 with NVIDIA's driver only, and this is ${os} ${arch}`,
      "run this again without --gpu",
    );
  }
  if (named) {
    return {
      kind: "own",
      why:
        `TensorFlow is taken from TENSORFLOW_LIBRARY (${named}), so none is fetched`,
    };
  }
  const none = noTensorFlowFor(os, arch);
  if (none !== undefined) {
    return {
      kind: "none",
      why:
        `${none}, so everything runs on WebGPU or WebAssembly, which is slower`,
    };
  }
  if (takesCuda) {
    return choice === "gpu" || (choice === "auto" && hasNvidiaDriver)
      ? CUDA_WHEELS
      : cpuWheel("requirements_tensorflow_cpu.txt", "x86-64", 274, 1272);
  }
  return os === "linux"
    ? cpuWheel("requirements_tensorflow.txt", "arm64", 282, 1326)
    : cpuWheel("requirements_tensorflow.txt", "Apple silicon", 224, 1133);
}

/**
 * Says that there is no TensorFlow for a machine; `undefined` where there is
 * one.
 *
 * @example
 * ```ts
 * import { noTensorFlowFor } from "./choose_tensorflow.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   noTensorFlowFor("windows", "x86_64"),
 *   "TensorFlow is not available on Windows",
 * );
 * assertEquals(noTensorFlowFor("linux", "aarch64"), undefined);
 * ```
 */
export function noTensorFlowFor(
  os: typeof Deno.build.os,
  arch: typeof Deno.build.arch,
): string | undefined {
  if (os === "linux" || (os === "darwin" && arch === "aarch64")) {
    return undefined;
  }
  const name = { windows: "Windows", darwin: "Intel Macs" }[os as string];
  return `TensorFlow is not available on ${name ?? os}`;
}

function cpuWheel(
  requirements: string,
  machine: string,
  fetchMegabytes: number,
  diskMegabytes: number,
): TensorFlowWheels {
  return {
    kind: "cpu",
    requirements,
    what: `TensorFlow ${TENSORFLOW_VERSION} for the CPU (${machine})`,
    fetchMegabytes,
    diskMegabytes,
  };
}

const CUDA_WHEELS: TensorFlowWheels = {
  kind: "cuda",
  requirements: "requirements_tensorflow_cuda.txt",
  what: `TensorFlow ${TENSORFLOW_VERSION} for NVIDIA GPUs with CUDA 12`,
  fetchMegabytes: 3380,
  diskMegabytes: 6070,
};

/** Where NVIDIA's driver leaves its traces on Linux. */
const DRIVER_FILES = [
  "/proc/driver/nvidia/version",
  "/usr/lib/x86_64-linux-gnu/libcuda.so.1",
  "/usr/lib64/libcuda.so.1",
  "/usr/lib/libcuda.so.1",
  "/usr/lib/wsl/lib/libcuda.so.1",
  "/usr/local/nvidia/lib64/libcuda.so.1",
];

/**
 * Whether this machine has NVIDIA's driver: `nvidia-smi` on the `PATH`, the
 * kernel module, or the driver's library.
 */
export function hasNvidiaDriver(
  environment: Readonly<Record<string, string>>,
  os: typeof Deno.build.os,
): boolean {
  if (os !== "linux") return false;
  const onPath = (environment.PATH ?? "").split(DELIMITER)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, "nvidia-smi"));
  const inLibraryPath = (environment.LD_LIBRARY_PATH ?? "").split(DELIMITER)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, "libcuda.so.1"));
  return [...onPath, ...inLibraryPath, ...DRIVER_FILES].some((path) => {
    try {
      Deno.statSync(path);
      return true;
    } catch {
      return false;
    }
  });
}
