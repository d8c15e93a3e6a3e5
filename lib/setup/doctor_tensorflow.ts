import { join } from "@std/path";
import { noTensorFlowFor } from "./choose_tensorflow.ts";
import type { Facts } from "./doctor_facts.ts";
import { projectRoot } from "./project.ts";
import { runCommand } from "./run_command.ts";
import {
  findTensorFlowLibrary,
  type TensorFlowLibrary,
} from "./tensorflow_library.ts";
import type { TensorFlowAnswer } from "./tensorflow_probe.ts";

/** Opens TensorFlow's library, if there is one, and asks it for its devices. */
export async function lookAtTensorFlow(): Promise<
  { tensorflow: Facts["tensorflow"]; gpuWords: string | undefined }
> {
  const without = (problem: string, mend: string) => ({
    tensorflow: { problem, mend },
    gpuWords: undefined,
  });
  let library: TensorFlowLibrary | undefined;
  try {
    library = findTensorFlowLibrary();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    const mend = "correct TENSORFLOW_LIBRARY, or unset it";
    return {
      tensorflow: { problem: error.message, mend, stops: true },
      gpuWords: undefined,
    };
  }
  if (library === undefined) {
    const problem = noTensorFlowFor(Deno.build.os, Deno.build.arch);
    return problem === undefined
      ? without("TensorFlow is not installed", "run deno task setup")
      : { tensorflow: { problem }, gpuWords: undefined };
  }
  const probe = join(projectRoot(), "lib", "setup", "tensorflow_probe.ts");
  const result = await runCommand(Deno.execPath(), ["run", "-A", probe], {
    environment: { ...Deno.env.toObject(), TF_CPP_MIN_LOG_LEVEL: "0" },
  });
  if (result.code !== 0) {
    const words = result.signal
      ? `it was ended by ${result.signal}`
      : lastError(result.stderr);
    return without(
      `TensorFlow is at ${library.cc} but does not start: ${words}`,
      result.signal === "SIGILL"
        ? "use a machine whose processor has AVX, which TensorFlow needs"
        : "remove .venv and run deno task setup",
    );
  }
  const answer: TensorFlowAnswer = JSON.parse(result.stdout);
  return {
    tensorflow: { found: { ...library, ...answer } },
    gpuWords: complaintAboutGpu(result.stderr),
  };
}

function lastError(stderr: string): string {
  return stderr.split("\n").findLast((line) => /error/i.test(line))?.trim() ??
    "it said nothing";
}

/**
 * What TensorFlow's log says of a GPU that it does not use.
 *
 * @example A library that is missing
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { complaintAboutGpu } from "./doctor_tensorflow.ts";
 *
 * assertEquals(
 *   complaintAboutGpu("W0000 gpu_device.cc:1] Cannot dlopen some libraries.\n"),
 *   "Cannot dlopen some libraries.",
 * );
 * assertEquals(complaintAboutGpu("I0000 port.cc:1] oneDNN is on\n"), undefined);
 * ```
 */
export function complaintAboutGpu(log: string): string | undefined {
  return log.split("\n")
    .find((line) =>
      /Cannot dlopen|failed call to cuInit|CUDA_ERROR|Could not find cuda/.test(
        line,
      )
    )?.replace(/^.*?\] /, "").trim();
}
