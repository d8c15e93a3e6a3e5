import {
  type DepthFits,
  type DepthJob,
  type DepthMeasured,
  describeDepths,
  fitDepths,
  measureDepths,
} from "./measure_depths.ts";
import { goal, goalAtMost, type Section } from "./section.ts";
import type { Settings } from "./settings.ts";

/** What R15's and R16's deepest networks are trained with here. */
const BATCH_SIZE = 16;

/** The memory that a step may take. */
const MOST_GIBIBYTES = 24;

/** How much of the differences a line should explain. */
const LEAST_R_SQUARED = 0.99;

const FULL: readonly DepthJob[] = [
  {
    family: "CIFAR ResNets",
    depths: [110, 326, 602, 1202],
    batchSize: BATCH_SIZE,
    steps: 3,
  },
  {
    family: "pre-activation bottleneck ResNets",
    depths: [164, 326, 650, 1001],
    batchSize: BATCH_SIZE,
    steps: 3,
  },
];

const QUICK: readonly DepthJob[] = [
  { family: "CIFAR ResNets", depths: [8, 20, 32], batchSize: 2, steps: 2 },
  {
    family: "pre-activation bottleneck ResNets",
    depths: [11, 29, 47],
    batchSize: 2,
    steps: 2,
  },
];

/** A training step of ResNet-1202 and ResNet-1001: its memory and its time. */
export async function benchDeepest({ quick }: Settings): Promise<Section> {
  const parts: { job: DepthJob; measured: DepthMeasured[]; fits: DepthFits }[] =
    [];
  for (const job of quick ? QUICK : FULL) {
    const measured = await measureDepths(job);
    parts.push({ job, measured, fits: fitDepths(measured) });
  }
  return {
    name: "deepest",
    title: "A training step of the papers' deepest networks",
    text: parts.flatMap(({ job, measured, fits }) => [
      `${job.family}, batch ${job.batchSize}:`,
      describeDepths(measured, fits),
      goalsOf(measured, fits).join("\n"),
    ]).join("\n\n"),
    engines: parts.flatMap(({ measured }) =>
      measured.map(({ engine }) => engine)
    ),
    data: parts,
  };
}

function goalsOf(
  measured: readonly DepthMeasured[],
  fits: DepthFits,
): string[] {
  const deepest = measured.at(-1);
  const peak = (deepest?.peakBytes ?? NaN) / 2 ** 30;
  const linear = (column: keyof DepthFits) =>
    goal(
      `${column}, R² of a line by depth`,
      fits[column].rSquared,
      LEAST_R_SQUARED,
      "",
    );
  return [
    goalAtMost(
      `${deepest?.layers} layers, peak memory of the process`,
      peak,
      MOST_GIBIBYTES,
      " GiB",
    ),
    linear("step, s"),
    linear("memory, GiB"),
  ];
}
