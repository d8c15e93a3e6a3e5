import { join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import { latestCheckpoint } from "../checkpoints/read_checkpoint.ts";
import type { RunIdentity, RunProgress } from "../checkpoints/schema.ts";
import {
  checkpointNames,
  writeCheckpoint,
} from "../checkpoints/write_checkpoint.ts";
import type { OptionNames } from "../data/check_options.ts";
import { fileInfo } from "../data/file_info.ts";
import { float32Tensor } from "../weights/stored_tensor.ts";
import { toFloat32 } from "../weights/to_float32.ts";

/** Whether and where a run keeps checkpoints. */
export interface CheckpointOptions {
  /** Folder of this run alone; made if it is not there. */
  readonly directory: string;
  /**
   * Whether to go on from the newest checkpoint in the folder, if there is one.
   * Default false: the folder has to be without.
   */
  readonly resume?: boolean;
  /** Seconds between two checkpoints. Default 60. */
  readonly everySeconds?: number;
  /** Steps between two checkpoints, besides. Default none. */
  readonly everySteps?: number;
  /**
   * What the run runs on, in words, so that it shows where a run moved: on
   * another device or engine it does not go on bit for bit.
   */
  readonly machine?: string;
}

/** The names of {@linkcode CheckpointOptions}. */
export const CHECKPOINT_OPTIONS: OptionNames<CheckpointOptions> = {
  directory: true,
  resume: true,
  everySeconds: true,
  everySteps: true,
  machine: true,
};

/** The checkpoints of one run. */
export class RunCheckpoints implements Disposable {
  readonly #options: CheckpointOptions;
  readonly #run: RunIdentity;
  readonly #state: ReadonlyMap<string, tf.Variable>;
  /** The step of the last one that was written. */
  #written = -1;
  /** When one was last due, written or not. */
  #tried = { step: 0, time: performance.now() };
  #lock: Deno.FsFile | undefined;
  #ranOn: readonly string[];

  /** @param state All that a step changes, by name. */
  constructor(
    options: CheckpointOptions,
    run: RunIdentity,
    state: ReadonlyMap<string, tf.Variable>,
  ) {
    this.#options = options;
    this.#run = run;
    this.#state = state;
    this.#ranOn = options.machine === undefined ? [] : [options.machine];
  }

  /** What the run has run on, one after another, as far as it is known. */
  get ranOn(): readonly string[] {
    return this.#ranOn;
  }

  /**
   * Gives the variables the values of the newest checkpoint that is whole, and
   * says which ones are not, and from which step the run goes on.
   *
   * @returns How far the run had come; `undefined` if it begins.
   * @throws {Error} If the folder has checkpoints and the run is not to go on
   * from them, or they are of another run.
   */
  async begin(): Promise<RunProgress | undefined> {
    const { directory, resume = false } = this.#options;
    this.#lock = await lockFolder(directory);
    if (!resume) {
      const [newest] = await checkpointNames(directory);
      if (newest === undefined) return undefined;
      throw new Error(
        `Expected no checkpoints in ${directory} but found ${newest}: resume from it (--resume), or move the folder away to begin anew`,
      );
    }
    const { checkpoint, refused } = await latestCheckpoint(
      directory,
      this.#run,
    );
    if (checkpoint === undefined) {
      console.log(`No checkpoint in ${directory}: beginning at step 0`);
      return undefined;
    }
    for (const { path, reason } of refused) {
      console.warn(
        `Refused the checkpoint ${path}: ${reason}; going on from step ${checkpoint.progress.step}`,
      );
      // Kept to be looked at, and counted no more.
      await Deno.rename(path, `${path}.refused`);
      const tensors = path.replace(/\.json$/, ".safetensors");
      if (await fileInfo(tensors)) {
        await Deno.rename(tensors, `${tensors}.refused`);
      }
    }
    const tensors = new Map(
      checkpoint.tensors.map((tensor) => [tensor.name, tensor]),
    );
    for (const [name, variable] of this.#state) {
      const tensor = tensors.get(name);
      if (tensor?.shape.join() !== variable.shape.join()) {
        throw new Error(
          `Expected tensor ${name} of shape [${variable.shape}] in ${directory} but found ${
            tensor === undefined ? "none" : `[${tensor.shape}]`
          }`,
        );
      }
      const values = toFloat32(tensor);
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
    }
    const { progress } = checkpoint;
    const { ranOn: earlier = [] } = progress;
    const isSame = earlier.at(-1) === this.#ranOn[0];
    this.#ranOn = isSame ? earlier : [...earlier, ...this.#ranOn];
    console.log(`Going on from step ${progress.step} (${directory})`);
    this.#written = progress.step;
    this.#tried = { step: progress.step, time: performance.now() };
    return progress;
  }

  /** Gives the folder free. */
  [Symbol.dispose](): void {
    this.#lock?.close();
  }

  /** Writes a checkpoint if it is time for one. */
  async writeIfDue(progress: () => RunProgress, step: number): Promise<void> {
    const { everySeconds = 60, everySteps = Infinity } = this.#options;
    const seconds = (performance.now() - this.#tried.time) / 1000;
    const steps = step - this.#tried.step;
    if (seconds < everySeconds && steps < everySteps) return;
    await this.write(progress());
  }

  /**
   * Writes a checkpoint, if there is none of this step. If it cannot be written,
   * as on a full disk, that is said and the run goes on; asked again at the same
   * step, as at the run's end, it tries again.
   */
  async write(progress: RunProgress): Promise<void> {
    if (progress.step === this.#written) return;
    const { directory } = this.#options;
    const values = Array.from(
      this.#state,
      async ([name, variable]) =>
        float32Tensor(
          name,
          variable.shape,
          await variable.data() as Float32Array,
        ),
    );
    const tensors = await Promise.all(values);
    this.#tried = { step: progress.step, time: performance.now() };
    try {
      await writeCheckpoint(directory, this.#run, {
        progress: {
          ...progress,
          ...this.#ranOn.length > 0 && { ranOn: [...this.#ranOn] },
        },
        tensors,
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      console.warn(
        `Could not write a checkpoint of step ${progress.step} to ${directory}: ${reason}`,
      );
      return;
    }
    this.#written = progress.step;
  }
}

/**
 * Keeps other processes from the folder of a run. The operating system gives
 * the lock back when the process ends, however it ends.
 *
 * @throws {Error} If another process has it.
 */
async function lockFolder(directory: string): Promise<Deno.FsFile> {
  await Deno.mkdir(directory, { recursive: true });
  const file = await Deno.open(join(directory, "lock"), {
    create: true,
    write: true,
  });
  if (await file.tryLock(true)) return file;
  file.close();
  throw new Error(
    `Expected no other run to use ${directory} but another process does: wait for its end, or use another folder`,
  );
}
