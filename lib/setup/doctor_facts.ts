import { totalmem } from "node:os";
import { adapterName, isSoftwareAdapter } from "../backends/webgpu_adapter.ts";
import { vectorInstructions } from "../backends/vector_instructions.ts";
import { fileInfo } from "../data/file_info.ts";
import { hasNvidiaDriver } from "./choose_tensorflow.ts";
import { lookAtCifar10, lookAtFashionMnist } from "./doctor_data.ts";
import { lookAtTensorFlow } from "./doctor_tensorflow.ts";
import { findPython } from "./find_python.ts";
import { listNvidiaGpus, type NvidiaGpu } from "./nvidia_gpus.ts";
import { sitePackages, venvPython } from "./project.ts";
import { SetupFailure } from "./setup_failure.ts";
import type { TensorFlowLibrary } from "./tensorflow_library.ts";
import type { TensorFlowAnswer } from "./tensorflow_probe.ts";

/** Something that was looked for: what was found, or why it was not. */
export type Finding<T> =
  | { readonly found: T }
  | {
    readonly problem: string;
    /** What to do about it; left out where nothing can be done. */
    readonly mend?: string;
    /** Whether no notebook runs until it is mended. */
    readonly stops?: boolean;
  };

/** A graphics card, as WebGPU tells. */
export interface WebGpuAdapter {
  readonly description: string;
  /** Whether it is a program that does a graphics card's work on the CPU. */
  readonly isSoftware: boolean;
}

/** All that the doctor knows of a machine. */
export interface Facts {
  readonly os: typeof Deno.build.os;
  readonly arch: typeof Deno.build.arch;
  readonly cores: number;
  /** The CPU's widest vector instructions, where they are known. */
  readonly instructions: string | undefined;
  readonly memoryBytes: number;
  readonly deno: { readonly version: string; readonly path: string };
  readonly python: Finding<{ readonly version: string; readonly path: string }>;
  readonly jupyterlab: Finding<string>;
  readonly tensorflow: Finding<TensorFlowLibrary & TensorFlowAnswer>;
  /** What TensorFlow said of a GPU that it could not use. */
  readonly tensorflowOnGpu: string | undefined;
  readonly hasNvidiaDriver: boolean;
  readonly gpus: readonly NvidiaGpu[];
  readonly webgpu: WebGpuAdapter | undefined;
  readonly dataSets: readonly {
    readonly name: string;
    readonly state: Finding<string>;
  }[];
}

/** Looks at this machine; changes nothing. */
export async function gatherFacts(): Promise<Facts> {
  const variables = Deno.env.toObject();
  const { os, arch } = Deno.build;
  const { tensorflow, gpuWords } = await lookAtTensorFlow();
  return {
    os,
    arch,
    cores: navigator.hardwareConcurrency,
    instructions: vectorInstructions(),
    memoryBytes: totalmem(),
    deno: { version: Deno.version.deno, path: Deno.execPath() },
    python: await lookAtPython(variables),
    jupyterlab: await lookAtJupyterLab(),
    tensorflow,
    tensorflowOnGpu: gpuWords,
    hasNvidiaDriver: hasNvidiaDriver(variables, os),
    gpus: await listNvidiaGpus(variables),
    webgpu: await lookAtWebGpu(),
    dataSets: [
      { name: "CIFAR-10", state: await lookAtCifar10() },
      { name: "Fashion-MNIST", state: await lookAtFashionMnist() },
    ],
  };
}

async function lookAtPython(
  variables: Readonly<Record<string, string>>,
): Promise<Facts["python"]> {
  try {
    const { os } = Deno.build;
    const { version, path } = await findPython({ environment: variables, os });
    return { found: { version: version.join("."), path } };
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    return { problem: error.message, mend: error.mend };
  }
}

async function lookAtJupyterLab(): Promise<Facts["jupyterlab"]> {
  const missing = {
    problem: "JupyterLab is not installed",
    mend: "run deno task setup",
  };
  if (!await fileInfo(venvPython())) return missing;
  for (const folder of sitePackages()) {
    for await (const { name } of Deno.readDir(folder)) {
      const version = /^jupyterlab-([\d.]+)\.dist-info$/.exec(name)?.[1];
      if (version) return { found: version };
    }
  }
  return missing;
}

async function lookAtWebGpu(): Promise<WebGpuAdapter | undefined> {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) return undefined;
  return {
    description: adapterName(adapter.info),
    isSoftware: isSoftwareAdapter(adapter.info),
  };
}
