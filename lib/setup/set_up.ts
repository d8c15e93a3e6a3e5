import { join } from "@std/path";
import type {
  Choice,
  NoTensorFlowWheels,
  TensorFlowWheels,
} from "./choose_tensorflow.ts";
import { assertRoom } from "./disk_room.ts";
import { explainSystemError } from "./explain_system_error.ts";
import { findPython } from "./find_python.ts";
import { writeJupyterFiles } from "./jupyter_files.ts";
import { type Environment, makeVenv, pipInstall } from "./pip.ts";
import {
  type ProgressOutput,
  standardError,
  withProgress,
} from "./progress.ts";
import { projectRoot, sitePackages, venvFolder } from "./project.ts";
import { SetupFailure } from "./setup_failure.ts";
import { LOCK_NAME, withSetupLock } from "./setup_lock.ts";
import {
  hasEnvironment,
  hasTensorFlow,
  isFinished,
  makePlan,
  requirementsPath,
  type SetupPlan,
} from "./setup_plan.ts";
import { type Stamp, writeStamp } from "./stamp.ts";
import { findTensorFlowLibrary } from "./tensorflow_library.ts";

/** Options of {@linkcode setUp}; what is left out is this machine's own. */
export interface SetUpOptions {
  /** The project's folder. */
  readonly root?: string;
  /** The environment's variables. */
  readonly variables?: Readonly<Record<string, string>>;
  /** The operating system. */
  readonly os?: typeof Deno.build.os;
  /** The processor's architecture. */
  readonly arch?: typeof Deno.build.arch;
  /** The Deno that is to run the notebooks. */
  readonly deno?: string;
  /** GPU or CPU; by default what was chosen last, at first by the driver. */
  readonly choice?: Choice | undefined;
  /** Where progress is shown. */
  readonly output?: ProgressOutput;
}

/** A part of what is set up. */
export type SetupPart = "environment" | "tensorflow" | "kernel";

/** What the set-up did. */
export interface SetUpResult {
  /** The parts that were installed; empty when nothing was to be done. */
  readonly installed: readonly SetupPart[];
  /** Why TensorFlow was not fetched, if it is not to be. */
  readonly withoutWheels: NoTensorFlowWheels | undefined;
}

/**
 * Makes this project ready to run, and does nothing where it is: a Python
 * environment in `.venv` with JupyterLab at the versions of
 * `requirements.txt`, TensorFlow's C library, and the Deno kernel. Nothing is
 * written outside the project's folder, pip's cache excepted.
 *
 * @throws {SetupFailure} If something keeps it from going on
 */
export async function setUp(options: SetUpOptions = {}): Promise<SetUpResult> {
  try {
    return await setUpParts(options);
  } catch (error) {
    throw explainSystemError(error);
  }
}

async function setUpParts(options: SetUpOptions): Promise<SetUpResult> {
  const root = options.root ?? projectRoot();
  const output = options.output ?? standardError;
  const planOptions = {
    environment: {
      root,
      variables: options.variables ?? Deno.env.toObject(),
      os: options.os ?? Deno.build.os,
    },
    arch: options.arch ?? Deno.build.arch,
    choice: options.choice,
  };
  const plan = await makePlan(planOptions);
  const installed: SetupPart[] = [];
  if (!await isFinished(plan)) {
    await withSetupLock(root, output, async () => {
      // Another set-up may have finished while we waited for it.
      installed.push(...await install(await makePlan(planOptions), output));
    });
  }
  const deno = options.deno ?? Deno.execPath();
  const written = await writeJupyterFiles(root, deno);
  if (written.length > 0) installed.push("kernel");
  return {
    installed,
    withoutWheels: "why" in plan.tensorflow ? plan.tensorflow : undefined,
  };
}

/**
 * Installs what is missing. The stamp is written after each part, and holds
 * only what is whole.
 */
async function install(
  plan: SetupPlan,
  output: ProgressOutput,
): Promise<SetupPart[]> {
  const { environment, tensorflow, wantedWheels, choice, wanted } = plan;
  const installed: SetupPart[] = [];
  const done: Stamp = { environment: wanted, tensorflow: null, choice };
  let hasWheels = hasTensorFlow(plan);
  if (!await hasEnvironment(plan)) {
    await installEnvironment(plan, output);
    hasWheels = wantedWheels === undefined;
    installed.push("environment");
  } else if (hasWheels) {
    done.tensorflow = plan.stamp?.tensorflow ?? null;
  }
  await writeStamp(environment.root, done);
  if (!hasWheels && "requirements" in tensorflow) {
    await installTensorFlow(environment, tensorflow, output);
    done.tensorflow = wantedWheels ?? null;
    await writeStamp(environment.root, done);
    installed.push("tensorflow");
  }
  return installed;
}

/** To fetch and on the disk, in megabytes, as measured. */
const JUPYTER_SIZE = { fetch: 56, disk: 350 };

async function installEnvironment(
  { environment, requirementsFile }: SetupPlan,
  output: ProgressOutput,
): Promise<void> {
  const { root, variables, os } = environment;
  await assertOwnFolder(venvFolder(root));
  const python = await findPython({ environment: variables, os });
  await assertRoom(root, "JupyterLab", JUPYTER_SIZE.disk + JUPYTER_SIZE.fetch);
  await emptyFolder(venvFolder(root));
  await withProgress(
    `Making a Python ${python.version.join(".")} environment in .venv`,
    () => makeVenv(environment, python.path),
    output,
  );
  await withProgress(
    `Installing JupyterLab (${JUPYTER_SIZE.fetch} MB to fetch)`,
    () =>
      pipInstall(environment, ["-r", requirementsFile], {
        what: "JupyterLab",
        diskMegabytes: JUPYTER_SIZE.disk,
      }),
    output,
  );
}

/** The minor version of the newest Python that TensorFlow's wheels are for. */
const NEWEST_WHEEL = 13;

async function installTensorFlow(
  environment: Environment,
  { what, fetchMegabytes, diskMegabytes, requirements }: TensorFlowWheels,
  output: ProgressOutput,
): Promise<void> {
  const { root, os } = environment;
  const [folder] = sitePackages(root, os);
  if (folder === undefined) throw new Error("Expected .venv to be made");
  const minor = Number(/3\.(\d+)/.exec(folder)?.[1] ?? NEWEST_WHEEL);
  await removeEntries(folder, (name) => /^(tensorflow|nvidia)/.test(name));
  await assertRoom(root, what, diskMegabytes + fetchMegabytes);
  await withProgress(
    `Installing ${what} (${fetchMegabytes} MB to fetch)`,
    () =>
      pipInstall(environment, [
        // The wheels differ in their Python bindings only, which we do not use:
        // so one for an older Python serves a newer one.
        ...["--python-version", `3.${Math.min(minor, NEWEST_WHEEL)}`],
        ...["--target", folder, "--no-deps", "--no-compile"],
        ...["-r", requirementsPath(root, requirements)],
      ], { what, diskMegabytes }),
    output,
  );
  if (!findTensorFlowLibrary({ root, named: undefined, os })) {
    throw new Error(`Expected ${what} to hold libtensorflow_cc`);
  }
}

/** Checks that what will be emptied is in the project, not behind a link. */
async function assertOwnFolder(folder: string): Promise<void> {
  const { isSymlink } = await Deno.lstat(folder);
  if (!isSymlink) return;
  throw new SetupFailure(
    `${folder} is a link to ${await Deno.realPath(
      folder,
    )}, which is not this project's to empty`,
    "remove the link: set-up makes an environment of the project's own",
  );
}

/** Empties `.venv`, the lock that we hold excepted. */
function emptyFolder(folder: string): Promise<void> {
  return removeEntries(folder, (name) => name !== LOCK_NAME);
}

async function removeEntries(
  folder: string,
  isStale: (name: string) => boolean,
): Promise<void> {
  for await (const { name } of Deno.readDir(folder)) {
    if (isStale(name)) {
      await Deno.remove(join(folder, name), { recursive: true });
    }
  }
}
