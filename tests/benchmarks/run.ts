/**
 * Measures training steps and forward passes, ours beside stock tfjs-node's and
 * PyTorch's:
 *
 *     deno task bench [step] [precision] [input] [loop] [memory] [build] [depth]
 *       [deepest] [forward] [gpu] [--profile] [--quick] [--minutes 10]
 *
 * Without names: the GPU's table where there is an NVIDIA GPU, else all the
 * others (precision where the CPU has bfloat16), which takes well over half an
 * hour (the step alone 18 minutes), 12 GB of memory and an idle machine.
 * `--quick` takes small sizes and keeps no results; `--minutes` is for the GPU's
 * table.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { bfloat16Obstacle } from "../../lib/backends/tensorflow/bfloat16.ts";
import { listNvidiaGpus } from "../../lib/setup/nvidia_gpus.ts";
import { runTask, SetupFailure } from "../../lib/setup/setup_failure.ts";
import { benchBuild } from "./bench_build.ts";
import { benchDeepest } from "./bench_deepest.ts";
import { benchDepth } from "./bench_depth.ts";
import { benchForward } from "./bench_forward.ts";
import { benchGpu } from "./bench_gpu.ts";
import { benchInput } from "./bench_input.ts";
import { benchLoop } from "./bench_loop.ts";
import { benchMemory } from "./bench_memory.ts";
import { benchPrecision } from "./bench_precision.ts";
import { benchStep } from "./bench_step.ts";
import { profileStep } from "./profile_step.ts";
import {
  describeMachine,
  describeResult,
  describeSoftware,
  keepResult,
} from "./results.ts";
import type { Section } from "./section.ts";
import type { Settings } from "./settings.ts";

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  step: benchStep,
  precision: benchPrecision,
  input: benchInput,
  loop: benchLoop,
  memory: benchMemory,
  build: benchBuild,
  depth: benchDepth,
  deepest: benchDeepest,
  forward: benchForward,
  gpu: benchGpu,
};

/** Those that run on a CPU, all of them where no name is given. */
const ON_CPU = [
  "step",
  ...bfloat16Obstacle("CPU", false) === undefined ? ["precision"] : [],
  "input",
  "loop",
  "memory",
  "build",
  "depth",
  "deepest",
  "forward",
];

interface Options {
  /** The benchmarks that were named. */
  readonly _: readonly (string | number)[];
  readonly profile: boolean;
  readonly quick: boolean;
  readonly minutes: string;
}

async function main(args: string[]): Promise<number> {
  const { _: names, profile, quick, minutes }: Options = parseArgs(args, {
    boolean: ["profile", "quick"],
    string: ["minutes"],
    default: { minutes: "10" },
    unknown(flag: string) {
      if (flag.startsWith("-")) throw unknown(flag);
    },
  });
  if (profile) await profileStep({ quick });
  if (profile && names.length === 0) return 0;
  const gpu = (await listNvidiaGpus()).length > 0;
  const chosen = names.length > 0 ? names.map(String) : gpu ? ["gpu"] : ON_CPU;
  const benchmarks = chosen.map(benchmarkNamed);
  const settings = { quick, gpu, minutes: Number(minutes) };
  for (const benchmark of benchmarks) await report(benchmark, settings);
  return 0;
}

type Benchmark = (settings: Settings) => Promise<Section>;

function benchmarkNamed(name: string): Benchmark {
  const benchmark = BENCHMARKS[name];
  if (benchmark === undefined) throw unknown(name);
  return benchmark;
}

async function report(
  benchmark: Benchmark,
  settings: Settings,
): Promise<void> {
  const { kind, words } = await describeMachine();
  const section = await benchmark(settings);
  const result = {
    title: section.title,
    measuredAt: new Date().toISOString(),
    hardware: words,
    software: describeSoftware(section.engines),
    text: section.text,
    data: section.data,
  };
  console.log(`${describeResult(result)}\n`);
  if (!settings.quick) await keepResult(kind, section, result);
}

function unknown(name: string): SetupFailure {
  return new SetupFailure(
    `There is no benchmark ${name}`,
    `name some of ${
      Object.keys(BENCHMARKS).join(", ")
    }, --profile, --quick, --minutes`,
  );
}

if (import.meta.main) await runTask(() => main(Deno.args));
