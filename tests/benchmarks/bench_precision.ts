import { bfloat16Obstacle } from "../../lib/backends/tensorflow/bfloat16.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { SetupFailure } from "../../lib/setup/setup_failure.ts";
import { OUR_NAMES, ours, pytorch, type PyTorchMode } from "./contender.ts";
import {
  type Contest,
  describeContest,
  enginesOf,
  runContest,
} from "./contest.ts";
import { writeExchange } from "./exchange.ts";
import { hasCompiler } from "./has_compiler.ts";
import { goalOfRatios, type Section } from "./section.ts";
import { type Settings, THREADS } from "./settings.ts";
import { pairedRatios } from "./statistics.ts";

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
    const contenders = [ours("bfloat16", job), ours("traced", job)];
    // One after another: the first one may have to install PyTorch.
    for (const mode of modes) contenders.push(await pytorch(mode, job));
    contests.push(
      await runContest(
        `${network.name}, batch ${batchSize}`,
        contenders,
        quick
          ? { rounds: 2, secondsPerRound: 0.2 }
          : { rounds: 9, secondsPerRound: 1.5 },
        TOLERANCE,
      ),
    );
  }
  return {
    name: "precision",
    title: "A full training step in mixed precision on two CPU cores",
    text: [
      ...contests.map(describeContest),
      contests.flatMap(goals).join("\n"),
      ...compiles
        ? []
        : ["No C++ compiler was found: torch.compile did not take part."],
    ].join("\n\n"),
    engines: contests.flatMap(enginesOf),
    data: contests,
  };
}

/** How float32, and PyTorch's ways in bfloat16, compare with ours. */
function goals({ title, measured }: Contest): string[] {
  const mine = measured.find(({ name }) => name === OUR_NAMES.bfloat16);
  if (mine === undefined) return [];
  return measured.filter((other) => other !== mine).map(({ name, rounds }) =>
    goalOfRatios(
      `${title}: times ${name}`,
      pairedRatios(rounds, mine.rounds),
      1,
    )
  );
}
