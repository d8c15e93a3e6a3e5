import { join } from "@std/path";
import * as z from "zod";
import { projectRoot } from "../../lib/setup/project.ts";
import { runCommand } from "../../lib/setup/run_command.ts";
import { benchmarksFolder } from "./folders.ts";
import { table } from "./markdown.ts";
import { goal, type Section } from "./section.ts";
import type { Settings } from "./settings.ts";

const loopSchema = z.object({
  /** What computed, with its version. */
  engine: z.string(),
  steps: z.number(),
  wallMilliseconds: z.number(),
  /** In calls of TensorFlow that compute, or wait for what was computed. */
  insideMilliseconds: z.number(),
});

/** What was measured of a training loop. */
export type LoopMeasured = z.infer<typeof loopSchema>;

/** The part of the wall time that a loop should spend in the backend. */
const LEAST_PERCENT = 95;

const DEPTH = 20;

/** How much of a training loop's time passes inside the backend. */
export async function benchLoop({ quick }: Settings): Promise<Section> {
  const sizes = quick ? [8] : [32, 128];
  const measured: { batchSize: number; loop: LoopMeasured }[] = [];
  for (const batchSize of sizes) {
    const loop = await measure(batchSize, quick ? 5 : 100);
    measured.push({ batchSize, loop });
  }
  const percent = ({ insideMilliseconds, wallMilliseconds }: LoopMeasured) =>
    100 * insideMilliseconds / wallMilliseconds;
  return {
    name: "loop",
    title: `Where a training loop's time passes (ResNet-${DEPTH})`,
    text: [
      table(
        ["batch", "ms a step", "of which in the backend, ms", "%"],
        measured.map(({ batchSize, loop }) => [
          String(batchSize),
          (loop.wallMilliseconds / loop.steps).toFixed(2),
          (loop.insideMilliseconds / loop.steps).toFixed(2),
          percent(loop).toFixed(2),
        ]),
      ),
      measured.map(({ batchSize, loop }) =>
        goal(
          `batch ${batchSize}, time inside the backend`,
          percent(loop),
          LEAST_PERCENT,
          " %",
        )
      ).join("\n"),
    ].join("\n\n"),
    engines: measured.map(({ loop }) => loop.engine),
    data: measured,
  };
}

async function measure(
  batchSize: number,
  steps: number,
): Promise<LoopMeasured> {
  const { code, stdout, stderr } = await runCommand(Deno.execPath(), [
    ...["run", "-A", join(benchmarksFolder(), "loop_worker.ts")],
    ...[DEPTH, batchSize, steps].map(String),
  ], { folder: projectRoot() });
  if (code !== 0) throw new Error(`The loop failed:\n${stderr}`);
  return loopSchema.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
}
