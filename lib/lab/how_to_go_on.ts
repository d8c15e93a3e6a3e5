import type { RunSpec } from "../records/run_spec.ts";
import type { RunRecord } from "../records/schema.ts";
import { keepsCheckpoints } from "./run_named.ts";

/** Ends after which a run goes on from its checkpoint. */
const CAN_GO_ON: ReadonlySet<RunRecord["stoppedBy"]> = new Set([
  "user",
  "time budget",
]);

/**
 * The command that goes on with a run which ended early; `undefined` if it did
 * not, or keeps no checkpoints.
 *
 * @param args What `deno task train` was called with.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseRunSpec } from "../records/run_spec.ts";
 * import { howToGoOn } from "./how_to_go_on.ts";
 *
 * const run = parseRunSpec({ network: "resnet-20", steps: 40 }, "the run");
 * assertEquals(
 *   howToGoOn(run, "user", ["--network", "resnet-20", "--steps", "40"]),
 *   "deno task train --network resnet-20 --steps 40 --resume",
 * );
 * assertEquals(howToGoOn(run, "steps", []), undefined);
 * ```
 */
export function howToGoOn(
  run: RunSpec,
  stoppedBy: RunRecord["stoppedBy"],
  args: readonly string[],
): string | undefined {
  if (!keepsCheckpoints(run) || !CAN_GO_ON.has(stoppedBy)) return undefined;
  // A sweep goes on by itself.
  const resumes = args.includes("--resume") || args.includes("--sweep");
  const words = resumes ? args : [...args, "--resume"];
  return ["deno task train", ...words.map(shellWord)].join(" ");
}

function shellWord(text: string): string {
  return /^[\w./:=,@%+-]+$/.test(text)
    ? text
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
