import { bfloat16Obstacle } from "../../lib/backends/tensorflow/bfloat16.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { SetupFailure } from "../../lib/setup/setup_failure.ts";
import { QUICK } from "./alternate.ts";
import { hasCompiler, NO_COMPILER } from "./compiler.ts";
import { OUR_NAMES, ours, type PyTorchMode, pytorchWays } from "./contender.ts";
import {
  type Contest,
  describeContest,
  enginesOf,
  goalsBeside,
  runContest,
} from "./contest.ts";
import { writeExchange } from "./exchange.ts";
import type { Section } from "./section.ts";
import { type Settings, THREADS } from "./settings.ts";

/** First losses are rounded to 8 bits of significand on the way. */
const TOLERANCE = 2e-2;

/**
 * Our step in bfloat16 beside the one in float32, and beside PyTorch's, on two
 * CPU cores.
 *
 * @throws {SetupFailure} If the processor does not compute with bfloat16
 */
export async function benchPrecision({ quick }: Settings): Promise<Section> {
  const obstacle = bfloat16Obstacle("CPU", false);
  if (obstacle !== undefined) {
    throw new SetupFailure(
      "There is no bfloat16 to measure on this machine",
      obstacle,
    );
  }
  const batchSize = quick ? 8 : 128;
  const compiles = await hasCompiler();
  const modes: PyTorchMode[] = ["channels_last", "bfloat16_channels_last"];
  if (compiles) modes.push("compile_bfloat16_channels_last");
  const contests: Contest[] = [];
  for (const depth of quick ? [20] : [20, 56]) {
    const network = cifarResNet({ depth });
    const exchange = await writeExchange(network, depth, batchSize);
    const job = { exchange, device: "cpu", threads: THREADS } as const;
    const contenders = [
      ...[ours("bfloat16", job), ours("traced", job)],
      ...await pytorchWays(modes, job),
    ];
    contests.push(
      await runContest(
        `${network.name}, batch ${batchSize}`,
        contenders,
        quick ? QUICK : { rounds: 9, secondsPerRound: 1.5 },
        TOLERANCE,
      ),
    );
  }
  return {
    name: "precision",
    title: "A full training step in mixed precision on two CPU cores",
    text: [
      ...contests.map(describeContest),
      contests.flatMap((contest) =>
        goalsBeside(contest, OUR_NAMES.bfloat16, () => 1)
      ).join("\n"),
      ...compiles ? [] : [NO_COMPILER],
    ].join("\n\n"),
    engines: contests.flatMap(enginesOf),
    data: contests,
  };
}
