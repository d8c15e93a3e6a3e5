import { join } from "@std/path";
import * as z from "zod";
import { projectRoot } from "../../lib/setup/project.ts";
import { runCommand } from "../../lib/setup/run_command.ts";
import { DEPTH_FAMILIES, type DepthFamily } from "./depth_family.ts";
import { writeExchange } from "./exchange.ts";
import { benchmarksFolder } from "./folders.ts";
import { table } from "./markdown.ts";
import { fitLine, type LinearFit } from "./statistics.ts";

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
  /** Peak memory of the process. */
  peakBytes: z.number(),
  /** The same less what was in use before there was a network. */
  addedBytes: z.number(),
});

/** What was measured of a network of one depth. */
export type DepthMeasured = z.infer<typeof depthSchema>;

/** Training steps to be measured at several depths. */
export interface DepthJob {
  readonly family: DepthFamily;
  readonly depths: readonly number[];
  readonly batchSize: number;
  /** Steps after the first. */
  readonly steps: number;
}

/** What is told of each depth, in the columns of a table. */
const COLUMNS = {
  "trace, s": ({ traceMilliseconds }: DepthMeasured) =>
    traceMilliseconds / 1000,
  "first call, s": ({ firstMilliseconds }: DepthMeasured) =>
    firstMilliseconds / 1000,
  "step, s": ({ stepMilliseconds }: DepthMeasured) => stepMilliseconds / 1000,
  "memory, GiB": ({ addedBytes }: DepthMeasured) => addedBytes / 2 ** 30,
} as const;

type Column = keyof typeof COLUMNS;

/** The line that each column follows, by layers. */
export type DepthFits = Readonly<Record<Column, LinearFit>>;

/** Measures training steps, each depth in a process of its own. */
export async function measureDepths(
  { family, depths, batchSize, steps }: DepthJob,
): Promise<DepthMeasured[]> {
  const measured: DepthMeasured[] = [];
  for (const depth of depths) {
    const network = DEPTH_FAMILIES[family](depth);
    const exchange = await writeExchange(network, depth, batchSize);
    const { code, stdout, stderr } = await runCommand(Deno.execPath(), [
      ...["run", "-A", join(benchmarksFolder(), "depth_worker.ts")],
      ...[family, exchange, String(steps)],
    ], { folder: projectRoot() });
    if (code !== 0) throw new Error(`${network.name} failed:\n${stderr}`);
    const line = stdout.trim().split("\n").at(-1) ?? "";
    measured.push(depthSchema.parse(JSON.parse(line)));
  }
  return measured;
}

/** Fits a line to each column. */
export function fitDepths(measured: readonly DepthMeasured[]): DepthFits {
  const fit = (column: Column) =>
    fitLine(measured.map((one) => [one.layers, COLUMNS[column](one)]));
  return {
    "trace, s": fit("trace, s"),
    "first call, s": fit("first call, s"),
    "step, s": fit("step, s"),
    "memory, GiB": fit("memory, GiB"),
  };
}

/** A table of what was measured, with the lines below. */
export function describeDepths(
  measured: readonly DepthMeasured[],
  fits: DepthFits,
): string {
  const lines = Object.values(fits);
  return table(["layers", "nodes", ...Object.keys(COLUMNS)], [
    ...measured.map((one) => [
      String(one.layers),
      String(one.nodes),
      ...Object.values(COLUMNS).map((value) => value(one).toFixed(3)),
    ]),
    ["per 100 layers", "", ...lines.map(({ slope }) => text(100 * slope))],
    ["at 0 layers", "", ...lines.map(({ offset }) => text(offset))],
    ["R² of the line", "", ...lines.map(({ rSquared }) => text(rSquared, 4))],
  ]);
}

function text(value: number, digits = 3): string {
  return value.toFixed(digits);
}
