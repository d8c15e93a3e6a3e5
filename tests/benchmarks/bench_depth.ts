import { join } from "@std/path";
import * as z from "zod";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { projectRoot } from "../../lib/setup/project.ts";
import { runCommand } from "../../lib/setup/run_command.ts";
import { writeExchange } from "./exchange.ts";
import { benchmarksFolder } from "./folders.ts";
import { table } from "./markdown.ts";
import { goalAtMost, type Section } from "./section.ts";
import type { Settings } from "./settings.ts";
import { fitLine } from "./statistics.ts";

const depthSchema = z.object({
  /** What computed, with its version. */
  engine: z.string(),
  layers: z.number(),
  /** Nodes of the traced function's graph. */
  nodes: z.number(),
  traceMilliseconds: z.number(),
  /** The first call, which makes the function ready to run. */
  firstMilliseconds: z.number(),
  /** Median of the steps after it. */
  stepMilliseconds: z.number(),
  /** Peak memory less what was in use before there was a network. */
  addedBytes: z.number(),
});

/** What was measured of a network of one depth. */
export type DepthMeasured = z.infer<typeof depthSchema>;

const BATCH_SIZE = 8;

/** How tracing, step time and memory grow with depth. */
export async function benchDepth({ quick }: Settings): Promise<Section> {
  const depths = quick ? [20, 56, 110] : [20, 110, 326, 602, 1202];
  const measured: DepthMeasured[] = [];
  for (const depth of depths) measured.push(await measure(depth, quick));
  const columns = [
    ["trace, s", (m: DepthMeasured) => m.traceMilliseconds / 1000, 3],
    ["first call, s", (m: DepthMeasured) => m.firstMilliseconds / 1000, 3],
    ["step, s", (m: DepthMeasured) => m.stepMilliseconds / 1000, 3],
    ["memory, GiB", (m: DepthMeasured) => m.addedBytes / 2 ** 30, 3],
  ] as const;
  const rows = measured.map((m) => [
    String(m.layers),
    String(m.nodes),
    ...columns.map(([, value, digits]) => value(m).toFixed(digits)),
  ]);
  const fits = columns.map(([name, value]) => ({
    name,
    ...fitLine(measured.map((m) => [m.layers, value(m)])),
  }));
  const fitRow = (
    name: string,
    text: (fit: typeof fits[number]) => string,
  ) => [name, "", ...fits.map(text)];
  const deepest = measured.at(-1);
  const start = deepest === undefined
    ? NaN
    : (deepest.traceMilliseconds + deepest.firstMilliseconds) / 1000;
  return {
    name: "depth",
    title: `How a step grows with depth (CIFAR ResNets, batch ${BATCH_SIZE})`,
    text: [
      table(["layers", "nodes", ...columns.map(([name]) => name)], [
        ...rows,
        fitRow(
          "per 100 layers",
          ({ slope }) => (100 * slope).toFixed(3),
        ),
        fitRow("at 0 layers", ({ offset }) => offset.toFixed(3)),
        fitRow("R² of the line", ({ rSquared }) => rSquared.toFixed(4)),
      ]),
      goalAtMost(
        `${deepest?.layers} layers, trace and first call`,
        start,
        10,
        " s",
      ),
    ].join("\n\n"),
    engines: measured.map(({ engine }) => engine),
    data: { batchSize: BATCH_SIZE, measured, fits },
  };
}

async function measure(depth: number, quick: boolean): Promise<DepthMeasured> {
  const exchange = await writeExchange(
    cifarResNet({ depth }),
    depth,
    BATCH_SIZE,
  );
  const { code, stdout, stderr } = await runCommand(Deno.execPath(), [
    ...["run", "-A", join(benchmarksFolder(), "depth_worker.ts")],
    ...[exchange, quick ? "2" : "5"],
  ], { folder: projectRoot() });
  if (code !== 0) throw new Error(`Depth ${depth} failed:\n${stderr}`);
  return depthSchema.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
}
