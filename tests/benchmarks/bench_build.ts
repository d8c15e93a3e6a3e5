import { join } from "@std/path";
import * as z from "zod";
import { projectRoot } from "../../lib/setup/project.ts";
import { runCommand } from "../../lib/setup/run_command.ts";
import { benchmarksFolder } from "./folders.ts";
import { table, withSpread } from "./markdown.ts";
import { goalAtMost, type Section } from "./section.ts";
import type { Settings } from "./settings.ts";
import { spread } from "./statistics.ts";

const buildSchema = z.object({
  /** What built, with its version. */
  engine: z.string(),
  /** Times of layers and all counts; the first with code that never ran. */
  describeMilliseconds: z.array(z.number()),
  /** Times from a description to a network that runs. */
  buildMilliseconds: z.array(z.number()),
});

/** What was measured of describing and building a network. */
export type BuildMeasured = z.infer<typeof buildSchema>;

/** How long the deepest network takes to be described and to be built. */
export async function benchBuild({ quick }: Settings): Promise<Section> {
  const depth = quick ? 110 : 1202;
  const measured = await measure(depth, quick ? 2 : 5);
  const rows = [
    ["layers and counts", measured.describeMilliseconds],
    ["build, He initialisation", measured.buildMilliseconds],
  ] as const;
  const [describe = NaN] = measured.describeMilliseconds;
  const [build = NaN] = measured.buildMilliseconds;
  const title = `ResNet-${depth}`;
  return {
    name: "build",
    title: `Describing and building ${title}`,
    text: [
      table(
        [title, "the first time, ms", "after that, ms"],
        rows.map(([name, [first = NaN, ...later]]) => [
          name,
          first.toFixed(1),
          withSpread(spread(later), 1),
        ]),
      ),
      [
        goalAtMost(`${title}, layers and counts`, describe, 50, " ms"),
        goalAtMost(`${title}, build`, build / 1000, 10, " s"),
      ].join("\n"),
    ].join("\n\n"),
    engines: [measured.engine],
    data: { depth, ...measured },
  };
}

async function measure(depth: number, times: number): Promise<BuildMeasured> {
  const { code, stdout, stderr } = await runCommand(Deno.execPath(), [
    ...["run", "-A", join(benchmarksFolder(), "build_worker.ts")],
    ...[String(depth), String(times)],
  ], { folder: projectRoot() });
  if (code !== 0) throw new Error(`Building failed:\n${stderr}`);
  return buildSchema.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
}
