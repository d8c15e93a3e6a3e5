import { join } from "@std/path";
import { fileInfo } from "../data/file_info.ts";
import {
  type Choice,
  chooseTensorFlow,
  hasNvidiaDriver,
  type NoTensorFlowWheels,
  type TensorFlowWheels,
} from "./choose_tensorflow.ts";
import type { Environment } from "./pip.ts";
import { sitePackages, venvPython } from "./project.ts";
import { SetupFailure } from "./setup_failure.ts";
import { fingerprint, readStamp, type Stamp } from "./stamp.ts";
import { findTensorFlowLibrary } from "./tensorflow_library.ts";

/** What the plan depends on. */
export interface MakePlanOptions {
  readonly environment: Environment;
  readonly arch: typeof Deno.build.arch;
  /** GPU or CPU; by default what was chosen last, at first by the driver. */
  readonly choice: Choice | undefined;
}

/** What the project is to have, beside what it has. */
export interface SetupPlan {
  readonly environment: Environment;
  readonly choice: Choice;
  /** Path of `requirements.txt`. */
  readonly requirementsFile: string;
  /** Fingerprint of what the Python environment is to hold. */
  readonly wanted: string;
  readonly tensorflow: TensorFlowWheels | NoTensorFlowWheels;
  /** Fingerprint of the wheels to install, if any are. */
  readonly wantedWheels: string | undefined;
  /** What an earlier run has finished. */
  readonly stamp: Stamp | undefined;
}

/**
 * Makes the plan for a project from its requirements, the machine, and what
 * an earlier run has left.
 *
 * @throws {SetupFailure} If `TENSORFLOW_LIBRARY` names no library, or a GPU was
 * asked for where TensorFlow uses none
 */
export async function makePlan(
  { environment, arch, choice: asked }: MakePlanOptions,
): Promise<SetupPlan> {
  const { root, variables, os } = environment;
  const stamp = await readStamp(root);
  const choice = asked ?? stamp?.choice ?? "auto";
  const requirementsFile = requirementsPath(root, "requirements.txt");
  const requirements = await Deno.readTextFile(requirementsFile);
  const named = variables.TENSORFLOW_LIBRARY;
  if (named) assertLibrary(named, os);
  const tensorflow = chooseTensorFlow({
    os,
    arch,
    choice,
    hasNvidiaDriver: hasNvidiaDriver(variables, os),
    named,
  });
  return {
    environment,
    choice,
    requirementsFile,
    // Scripts in an environment hold its path, so a moved one is made anew.
    wanted: await fingerprint(requirements, root),
    tensorflow,
    wantedWheels: "requirements" in tensorflow
      ? await fingerprint(
        await Deno.readTextFile(
          requirementsPath(root, tensorflow.requirements),
        ),
      )
      : undefined,
    stamp,
  };
}

/** Path of a file that pip is given. */
export function requirementsPath(root: string, name: string): string {
  return join(root, "lib", "setup", name);
}

function assertLibrary(named: string, os: typeof Deno.build.os): void {
  try {
    findTensorFlowLibrary({ named, os });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new SetupFailure(
      error.message,
      "correct TENSORFLOW_LIBRARY, or unset it to have TensorFlow fetched",
      { cause: error },
    );
  }
}

/** Whether the project has all that is planned. */
export async function isFinished(plan: SetupPlan): Promise<boolean> {
  return plan.stamp?.choice === plan.choice && hasTensorFlow(plan) &&
    await hasEnvironment(plan);
}

/** Whether the Python environment is whole and the one that is planned. */
export async function hasEnvironment(
  { environment: { root, os }, stamp, wanted }: SetupPlan,
): Promise<boolean> {
  // The environment's Python is a link to one that may have been uninstalled.
  if (stamp?.environment !== wanted || !await fileInfo(venvPython(root, os))) {
    return false;
  }
  const [folder] = sitePackages(root, os);
  return folder !== undefined &&
    await fileInfo(join(folder, "jupyterlab")) !== null;
}

/** Whether TensorFlow is installed as planned, if it is to be installed. */
export function hasTensorFlow(
  { environment: { root, os }, stamp, wantedWheels }: SetupPlan,
): boolean {
  return wantedWheels === undefined ||
    (stamp?.tensorflow === wantedWheels &&
      findTensorFlowLibrary({ root, named: undefined, os }) !== undefined);
}
