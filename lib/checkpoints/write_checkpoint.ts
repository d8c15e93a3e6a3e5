import { join } from "@std/path";
import { hashFile } from "../data/hash.ts";
import { removeIfThere } from "../data/file_info.ts";
import { replaceFile } from "../data/replace_file.ts";
import { writeSafetensors } from "../weights/write_safetensors.ts";
import type { Checkpoint, RunIdentity } from "./checkpoint.ts";

/**
 * Checkpoints that are kept beside the best: one more than the newest, should it
 * be damaged.
 */
const KEPT = 2;

/**
 * Writes a checkpoint, and removes all but the last two and, where there
 * is a validation set, the one of the lowest validation error.
 *
 * The tensors are written first, then the JSON file that names their checksum,
 * each under a temporary name which is then renamed: a process that is killed
 * at any moment leaves whole checkpoints, and perhaps files that the next one
 * removes.
 *
 * @param directory Folder of this run alone; made if it is not there.
 * @returns The path of its JSON file.
 */
export async function writeCheckpoint(
  directory: string,
  run: RunIdentity,
  { progress, tensors }: Checkpoint,
): Promise<string> {
  await Deno.mkdir(directory, { recursive: true });
  const name = nameOf(progress.step);
  const file = `${name}.safetensors`;
  const path = join(directory, file);
  await writeSafetensors(path, tensors);
  const sha256 = await hashFile(path, "sha256");
  const content = { schema: 1, run, progress, tensors: { file, sha256 } };
  const json = join(directory, `${name}.json`);
  await replaceFile(json, `${JSON.stringify(content, finite, 2)}\n`);
  await removeOthers(directory, progress.step, progress.best?.step);
  return json;
}

/** A checkpoint's files without their endings. */
function nameOf(step: number): string {
  return `step-${String(step).padStart(8, "0")}`;
}

/** JSON has no way to write other numbers than finite ones. */
function finite(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value)
    ? String(value)
    : value;
}

async function removeOthers(
  directory: string,
  newest: number,
  best: number | undefined,
): Promise<void> {
  const names = await checkpointNames(directory);
  // Those of later steps are of a run that was begun anew.
  const kept = names.filter((name) => stepOf(name) <= newest).slice(0, KEPT);
  if (best !== undefined) kept.push(nameOf(best));
  for await (const { name } of Deno.readDir(directory)) {
    const ours = /^(step-\d{8})\.(json|safetensors)(\..*\.tmp)?$/.exec(name);
    if (ours === null) continue;
    const whole = ours[3] === undefined;
    if (whole && kept.includes(ours[1] ?? "")) continue;
    await removeIfThere(join(directory, name));
  }
}

function stepOf(name: string): number {
  return Number(name.slice("step-".length));
}

/** Names of the checkpoints in a folder, the newest first. */
export async function checkpointNames(directory: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(directory)) {
      const found = /^(step-\d{8})\.json$/.exec(name)?.[1];
      if (found !== undefined) names.push(found);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names.toSorted().toReversed();
}
