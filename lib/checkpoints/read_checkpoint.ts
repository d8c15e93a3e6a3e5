import { equal } from "@std/assert";
import { join } from "@std/path";
import { hashFile } from "../data/hash.ts";
import type { StoredTensor } from "../weights/stored_tensor.ts";
import { openSafetensors } from "../weights/read_safetensors.ts";
import type { Checkpoint, RunIdentity } from "./checkpoint.ts";
import { CheckpointFile } from "./schema.ts";
import { checkpointNames } from "./write_checkpoint.ts";

/** A checkpoint that cannot be used, and why. */
export interface RefusedCheckpoint {
  readonly path: string;
  readonly reason: string;
}

/** What a folder of checkpoints has to go on from. */
export interface FoundCheckpoint {
  /** The newest that is whole; none if there is none. */
  readonly checkpoint: Checkpoint | undefined;
  /** Newer ones that are not. */
  readonly refused: readonly RefusedCheckpoint[];
}

/**
 * Reads the newest checkpoint of a run. One that is cut or damaged is passed
 * over, and named in the result.
 *
 * @param directory Folder of the run; it need not be there.
 * @param run What the run is.
 * @throws {Error} If the checkpoint is of another run, what differs being named;
 * or if there are checkpoints and none is whole.
 */
export async function latestCheckpoint(
  directory: string,
  run: RunIdentity,
): Promise<FoundCheckpoint> {
  const refused: RefusedCheckpoint[] = [];
  for (const name of await checkpointNames(directory)) {
    const path = join(directory, `${name}.json`);
    let found: { checkpoint: Checkpoint; run: RunIdentity };
    try {
      found = await readCheckpoint(path);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      refused.push({ path, reason });
      continue;
    }
    checkSameRun(found.run, run, path);
    return { checkpoint: found.checkpoint, refused };
  }
  const [first] = refused;
  if (first !== undefined) {
    throw new Error(
      `Expected a checkpoint in ${directory} that is whole but found none: ${first.path}: ${first.reason}; move the folder away to begin anew`,
    );
  }
  return { checkpoint: undefined, refused };
}

/**
 * Reads a checkpoint.
 *
 * @param path Its JSON file.
 * @throws {Error} If a file is missing, cut or damaged.
 */
export async function readCheckpoint(
  path: string,
): Promise<{ checkpoint: Checkpoint; run: RunIdentity }> {
  const parsed = CheckpointFile.safeParse(
    JSON.parse(await Deno.readTextFile(path)),
  );
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new TypeError(
      `Expected a checkpoint but ${issue?.path.join(".")}: ${issue?.message}`,
    );
  }
  const { run, progress, tensors: { file, sha256 } } = parsed.data;
  const tensors = join(path, "..", file);
  const found = await hashFile(tensors, "sha256");
  if (found !== sha256) {
    throw new Error(
      `Expected ${file} to have the SHA-256 ${sha256} but found ${found}: it is cut or damaged`,
    );
  }
  return { run, checkpoint: { progress, tensors: await readAll(tensors) } };
}

async function readAll(path: string): Promise<StoredTensor[]> {
  using file = await openSafetensors(path);
  return await Array.fromAsync(file);
}

function checkSameRun(
  found: RunIdentity,
  expected: RunIdentity,
  path: string,
): void {
  const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
  for (const key of keys as Set<keyof RunIdentity>) {
    if (equal(found[key], expected[key])) continue;
    throw new Error(
      `Expected ${path} to be of a run with the ${key} ${
        JSON.stringify(expected[key]) ?? "none"
      } but found ${
        JSON.stringify(found[key]) ?? "none"
      }: use another folder, or move this one away to begin anew`,
    );
  }
}
