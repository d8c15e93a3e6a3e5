import type { DepthFamily } from "./depth_family.ts";
import { describeDepths, fitDepths, measureDepths } from "./measure_depths.ts";
import { goalAtMost, type Section } from "./section.ts";
import type { Settings } from "./settings.ts";

const FAMILY: DepthFamily = "CIFAR ResNets";
const BATCH_SIZE = 8;

/** How tracing, step time and memory grow with depth. */
export async function benchDepth({ quick }: Settings): Promise<Section> {
  const measured = await measureDepths({
    family: FAMILY,
    depths: quick ? [20, 56, 110] : [20, 110, 326, 602, 1202],
    batchSize: BATCH_SIZE,
    steps: quick ? 2 : 5,
  });
  const fits = fitDepths(measured);
  const deepest = measured.at(-1);
  const start = deepest === undefined
    ? NaN
    : (deepest.traceMilliseconds + deepest.firstMilliseconds) / 1000;
  return {
    name: "depth",
    title: `How a step grows with depth (${FAMILY}, batch ${BATCH_SIZE})`,
    text: [
      describeDepths(measured, fits),
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
