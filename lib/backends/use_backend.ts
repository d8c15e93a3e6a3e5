import * as tf from "@tensorflow/tfjs";
import { checkOneOf } from "../data/check_one_of.ts";
import { noTensorFlowFor } from "../setup/choose_tensorflow.ts";
import { findTensorFlowLibrary } from "../setup/tensorflow_library.ts";
import { adapterName, isSoftwareAdapter } from "./webgpu_adapter.ts";
import { registerTensorFlow, TENSORFLOW } from "./tensorflow/backend.ts";
import { openLibrary } from "./tensorflow/library.ts";
import { registerConvolutionGradients } from "./wasm/convolution_gradients.ts";
import { registerMaxPoolGradient } from "./wasm/max_pool_gradient.ts";

/** Engines that tensors can be computed with, the fastest first. */
export const BACKENDS = ["tensorflow", "webgpu", "wasm"] as const;

/** One of {@linkcode BACKENDS}. */
export type BackendName = typeof BACKENDS[number];

/** What tensors are computed with, and where. */
export interface BackendInUse {
  readonly name: BackendName;
  /** Engine and version, such as "TensorFlow 2.21.0". */
  readonly engine: string;
  /** The device in words, such as "CPU, 2 cores". */
  readonly device: string;
  /** How a jitted step runs, such as "traced, no XLA". */
  readonly tracing?: string;
  /** Why a faster backend was not taken, one line for each. */
  readonly passedOver: readonly string[];
}

/** Options of {@linkcode useBackend}. */
export interface UseBackendOptions {
  /** The backend to use; the fastest that this machine has if left out. */
  readonly name?: BackendName;
  /** Whether not to print what was chosen. Default false. */
  readonly quiet?: boolean;
}

/**
 * Chooses what tensors are computed with, and prints it: TensorFlow's library
 * if `deno task setup` installed it, else a GPU by WebGPU, else WebAssembly. A
 * WebGPU that is computed on the CPU is taken only if it is asked for.
 *
 * @throws {Error} If the backend that was asked for, or every one, is missing.
 * @throws {RangeError} If there is no backend of that name.
 */
export async function useBackend(
  { name, quiet = false }: UseBackendOptions = {},
): Promise<BackendInUse> {
  if (name !== undefined) checkOneOf(name, BACKENDS, "name");
  const passedOver: string[] = [];
  for (const candidate of name === undefined ? BACKENDS : [name]) {
    try {
      const found = {
        name: candidate,
        ...await START[candidate](name !== undefined),
        passedOver,
      };
      if (!quiet) console.log(describeBackend(found));
      return found;
    } catch (error) {
      if (name !== undefined) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      passedOver.push(`${candidate}: ${reason}`);
    }
  }
  throw new Error(
    `Expected one of ${BACKENDS.join(", ")} to work here but found none:\n${
      passedOver.join("\n")
    }`,
  );
}

/** A line that says what is used, and why nothing faster is. */
export function describeBackend(backend: BackendInUse): string {
  const { engine, device, name, passedOver } = backend;
  return [
    `Running on ${device} with ${engine} (backend "${name}")`,
    ...passedOver.map((reason) => `Not used: ${reason}`),
  ].join("\n");
}

/** @param asked Whether it was asked for, or is tried as the fastest. */
type Start = (asked: boolean) => Promise<
  Pick<BackendInUse, "engine" | "device" | "tracing">
>;

const START: Record<BackendName, Start> = {
  tensorflow: startTensorFlow,
  webgpu: startWebGpu,
  wasm: startWasm,
};

async function startTensorFlow() {
  if (findTensorFlowLibrary() === undefined) {
    throw new Error(
      noTensorFlowFor(Deno.build.os, Deno.build.arch) ??
        "its library is not installed: run `deno task setup`",
    );
  }
  const { engine } = await registerTensorFlow();
  await activate(TENSORFLOW);
  const { device } = engine.context;
  const gibibytes = (device.memoryBytes / 2 ** 30).toFixed(0);
  return {
    engine: `TensorFlow ${engine.library.version}`,
    device: device.type === "GPU"
      ? `GPU ${device.name.split(":").at(-1)} (${gibibytes} GiB)`
      : cpu(),
    tracing: device.type === "GPU"
      ? `traced, XLA, ${allowsTf32() ? "TF32 allowed" : "no TF32"}`
      : "traced, no XLA",
  };
}

/**
 * Whether NVIDIA's libraries may round what convolutions and products take to
 * TF32, as they do where the GPU can unless they are told otherwise.
 */
function allowsTf32(): boolean {
  return Deno.env.get("NVIDIA_TF32_OVERRIDE") !== "0";
}

async function startWebGpu(asked: boolean) {
  // Mesa's drivers and TensorFlow both bring an LLVM, and the process dies if
  // TensorFlow is loaded after them. Nobody can know if it will be asked for.
  if (Deno.build.os === "linux") {
    try {
      if (findTensorFlowLibrary() !== undefined) openLibrary();
    } catch {
      // What cannot be found or loaded now will not be loaded later.
    }
  }
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) throw new Error("no WebGPU adapter was found");
  const device = adapterName(adapter.info);
  if (!asked && isSoftwareAdapter(adapter.info)) {
    throw new Error(
      `${device} computes on the CPU, more slowly than WebAssembly does`,
    );
  }
  await import("@tensorflow/tfjs-backend-webgpu");
  await activate("webgpu");
  return {
    engine: `WebGPU (tfjs ${tf.version_core})`,
    device,
  };
}

async function startWasm() {
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  await activate("wasm");
  registerConvolutionGradients();
  registerMaxPoolGradient();
  return {
    engine: `WebAssembly (tfjs ${wasm.version_wasm})`,
    // Deno has none of the workers that tfjs would start threads in.
    device: `CPU, 1 of ${navigator.hardwareConcurrency} cores`,
  };
}

async function activate(name: string): Promise<void> {
  if (!await tf.setBackend(name)) {
    throw new Error(`tfjs could not start its backend ${name}`);
  }
  await tf.ready();
}

function cpu(): string {
  return `CPU, ${navigator.hardwareConcurrency} cores`;
}
