import { cpus } from "node:os";
import { vectorInstructions } from "../backends/vector_instructions.ts";
import type { Hardware, Software } from "./schema.ts";

/**
 * Describes this machine for a lab record.
 *
 * @param device What the run is computed on, such as "CPU" or "GPU:0".
 * @returns The machine, and how busy it is now.
 */
export async function describeHardware(device: string): Promise<Hardware> {
  const processors = cpus();
  const instructions = vectorInstructions();
  return {
    cpu: processors[0]?.model.trim() || "unknown",
    ...instructions !== undefined && { instructions },
    cores: navigator.hardwareConcurrency,
    memoryBytes: Deno.systemMemoryInfo().total,
    gpu: await findGpus(),
    device,
    ...describeLoad(),
  };
}

/**
 * Describes the programs that a run runs with, for a lab record.
 *
 * @param engine TensorFlow.js's version, its backend, and what computes the
 * steps.
 * @returns These, with the versions of Deno and the operating system.
 */
export function describeSoftware(
  engine: Pick<Software, "tfjs" | "backend" | "engine">,
): Software {
  const { tfjs, backend, engine: name } = engine;
  return {
    deno: Deno.version.deno,
    tfjs,
    backend,
    engine: name,
    os: `${Deno.build.os} ${Deno.osRelease()} ${Deno.build.arch}`,
  };
}

/** Windows keeps no load average. */
function describeLoad(): Pick<Hardware, "load"> {
  if (Deno.build.os === "windows") return {};
  const [oneMinute = 0] = Deno.loadavg();
  return { load: `${oneMinute.toFixed(2)} processes on average for a minute` };
}

/** The NVIDIA GPUs' names, or `null` if there is none or no driver for one. */
async function findGpus(): Promise<string | null> {
  try {
    const { success, stdout } = await new Deno.Command("nvidia-smi", {
      args: ["--query-gpu=name", "--format=csv,noheader"],
      stderr: "null",
    }).output();
    const names = new TextDecoder().decode(stdout).trim().split(/\s*\n\s*/);
    return success && names[0] ? names.join(", ") : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
