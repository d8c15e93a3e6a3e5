import { join } from "@std/path";
import { projectRoot } from "../../lib/setup/project.ts";
import { benchmarksFolder } from "./folders.ts";
import { oneDnnByDefault } from "./one_dnn_default.ts";
import { pytorchPython } from "./pytorch_environment.ts";
import { STOCK_TENSORFLOW, stockLibrary } from "./stock_library.ts";

/** How our own step is run. */
export type OurMode =
  /** As one TensorFlow function. */
  | "traced"
  /** As one function that XLA compiles. */
  | "xla"
  /** As one TensorFlow function, rewritten to mixed precision. */
  | "bfloat16"
  /** Op by op. */
  | "eager"
  /** Traced, with augmentation inside, on 50,000 images. */
  | "augmented"
  /** As tfjs-node's users write it, op by op, on the library that it brings. */
  | "stock"
  /** The same on our library. */
  | "stock_on_ours"
  /** That with oneDNN, where TensorFlow leaves it off. */
  | "stock_one_dnn";

/** How PyTorch's step is run. */
export type PyTorchMode =
  | "eager"
  | "channels_last"
  | "compile"
  | "compile_channels_last"
  /** In mixed precision, as PyTorch's autocast has it. */
  | "bfloat16_channels_last"
  | "compile_bfloat16_channels_last"
  /** Compiled, with CUDA graphs. */
  | "cuda_graphs";

/** What all contenders of a comparison share. */
export interface Job {
  /** Index of the values that they start from. */
  readonly exchange: string;
  readonly device: "cpu" | "gpu";
  /** CPU cores to use; all if left out. */
  readonly threads?: number;
  /** What is run: a training step (the default), or a forward pass only. */
  readonly work?: "step" | "forward";
  /** Whether a GPU may multiply with 10 bits of mantissa. Default true. */
  readonly tf32?: boolean;
}

/** What is measured, in a process of its own. */
export interface Contender {
  readonly name: string;
  readonly isOurs: boolean;
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** What our ways are called. */
export const OUR_NAMES: Record<OurMode, string> = {
  traced: "ours, traced",
  xla: "ours, traced, XLA",
  bfloat16: "ours, traced, bfloat16",
  eager: "ours, eager",
  augmented: "ours, traced, augmentation inside",
  stock: `stock tfjs-node, its TensorFlow ${STOCK_TENSORFLOW}`,
  stock_on_ours: "stock tfjs-node, our TensorFlow",
  stock_one_dnn: "stock tfjs-node, our TensorFlow, oneDNN switched on",
};

const PYTORCH_NAMES: Record<PyTorchMode, string> = {
  eager: "PyTorch eager",
  channels_last: "PyTorch eager, channels_last",
  compile: "torch.compile",
  compile_channels_last: "torch.compile, channels_last",
  bfloat16_channels_last: "PyTorch autocast to bfloat16, channels_last",
  compile_bfloat16_channels_last:
    "torch.compile, autocast to bfloat16, channels_last",
  cuda_graphs: "torch.compile, CUDA graphs",
};

/**
 * tfjs-node as it comes, where there is the library that it brings; on our
 * library; and there with oneDNN, where TensorFlow leaves it off.
 */
export async function stock(job: Job): Promise<Contender[]> {
  const library = await stockLibrary();
  const byDefault = oneDnnByDefault();
  const asItComes = { TF_ENABLE_ONEDNN_OPTS: byDefault ? "1" : "0" };
  return [
    ...library === undefined ? [] : [
      withVariables(ours("stock", job), {
        ...asItComes,
        TENSORFLOW_LIBRARY: library,
      }),
    ],
    withVariables(ours("stock_on_ours", job), asItComes),
    ...byDefault ? [] : [ours("stock_one_dnn", job)],
  ];
}

function withVariables(
  contender: Contender,
  variables: Readonly<Record<string, string>>,
): Contender {
  const environment = { ...contender.environment, ...variables };
  return { ...contender, environment };
}

/** One of our ways to run it. */
export function ours(mode: OurMode, job: Job): Contender {
  const file = job.work === "forward" ? "forward_worker.ts" : "worker.ts";
  const worker = join(benchmarksFolder(), file);
  return pinned(job, {
    name: OUR_NAMES[mode],
    isOurs: true,
    program: Deno.execPath(),
    args: ["run", "-A", worker, mode, job.exchange],
    environment: environmentOf(job),
  });
}

/** One of PyTorch's ways to run it. */
export async function pytorch(
  mode: PyTorchMode,
  job: Job,
): Promise<Contender> {
  const { work = "step" } = job;
  const worker = join(benchmarksFolder(), `pytorch_${work}.py`);
  return pinned(job, {
    name: PYTORCH_NAMES[mode],
    isOurs: false,
    program: await pytorchPython(job.device === "gpu"),
    args: [worker, mode, job.exchange, job.device],
    environment: {
      ...environmentOf(job),
      PYTHONDONTWRITEBYTECODE: "1",
      TORCHINDUCTOR_CACHE_DIR: join(benchmarksFolder(), ".venv", "compiled"),
    },
  });
}

/** Several of PyTorch's ways. */
export async function pytorchWays(
  modes: readonly PyTorchMode[],
  job: Job,
): Promise<Contender[]> {
  const ways: Contender[] = [];
  // One after another: the first one may have to install PyTorch.
  for (const mode of modes) ways.push(await pytorch(mode, job));
  return ways;
}

function environmentOf(
  { device, threads, tf32 = true }: Job,
): Record<string, string> {
  return {
    ...device === "cpu" && { CUDA_VISIBLE_DEVICES: "-1" },
    ...threads !== undefined && { OMP_NUM_THREADS: String(threads) },
    // Heeded by CUDA's libraries themselves, so that it holds for everybody.
    ...!tf32 && { NVIDIA_TF32_OVERRIDE: "0" },
  };
}

/** Keeps a contender on the first cores, where there are more. */
function pinned({ threads }: Job, contender: Contender): Contender {
  if (threads === undefined || threads >= navigator.hardwareConcurrency) {
    return contender;
  }
  const { program, args } = contender;
  return {
    ...contender,
    program: "taskset",
    args: ["-c", `0-${threads - 1}`, program, ...args],
  };
}

/** Where contenders are started: Deno finds the project's settings there. */
export const CONTENDERS_FOLDER = projectRoot();
