import { cifarResNet } from "../../lib/networks/cifar.ts";
import { QUICK } from "./alternate.ts";
import { hasCompiler, NO_COMPILER } from "./compiler.ts";
import {
  type Contender,
  OUR_NAMES,
  ours,
  type PyTorchMode,
  pytorchWays,
  stock,
} from "./contender.ts";
import {
  type Contest,
  describeContest,
  enginesOf,
  goalsBeside,
  runContest,
} from "./contest.ts";
import { writeExchange } from "./exchange.ts";
import { oneDnnByDefault } from "./one_dnn_default.ts";
import type { Section } from "./section.ts";
import { type Settings, THREADS } from "./settings.ts";
import { STOCK_TENSORFLOW, stockLibrary } from "./stock_library.ts";

/** Our step beside stock tfjs-node's and PyTorch's, on two CPU cores. */
export async function benchStep(settings: Settings): Promise<Section> {
  const { quick } = settings;
  const batchSize = quick ? 8 : 128;
  const compiles = await hasCompiler();
  const modes: PyTorchMode[] = ["eager", "channels_last"];
  if (compiles) modes.push("compile", "compile_channels_last");
  const contests: Contest[] = [];
  for (const depth of quick ? [20] : [20, 56]) {
    const network = cifarResNet({ depth });
    const exchange = await writeExchange(network, depth, batchSize);
    const job = { exchange, device: "cpu", threads: THREADS } as const;
    const mine = ours("traced", job);
    // Before anything is measured: libraries may have to be fetched.
    const other = [ours("eager", job), ...await stock(job)];
    const theirs = await pytorchWays(modes, job);
    const title = `${network.name}, batch ${batchSize}`;
    const run = (
      beside: string,
      others: readonly Contender[],
      rounds: number,
    ) =>
      runContest(
        `${title}, beside ${beside}`,
        [mine, ...others],
        quick ? QUICK : { rounds, secondsPerRound: 1.5 },
      );
    contests.push(
      await run("tfjs-node", other, 9),
      // These come so near to ours that few rounds would not tell them apart.
      await run("PyTorch", theirs, 25),
    );
  }
  const notes = compiles
    ? ["The first step of torch.compile is short where it finds its cache."]
    : [NO_COMPILER];
  if (await stockLibrary() === undefined) {
    notes.push(
      `tfjs-node's own TensorFlow ${STOCK_TENSORFLOW} did not take part, so its goal was not measured: it takes Linux on x86-64 and a C++ compiler.`,
    );
  }
  if (!oneDnnByDefault()) {
    notes.push(
      "TensorFlow leaves oneDNN off on this processor, and so does tfjs-node as it comes; we switch it on.",
    );
  }
  return {
    name: "step",
    title: "A full training step on two CPU cores",
    text: [
      ...contests.map(describeContest),
      contests.flatMap(goals).join("\n"),
      ...notes,
    ].join("\n\n"),
    engines: contests.flatMap(enginesOf),
    data: contests,
  };
}

/** How tfjs-node as it comes, and each of PyTorch's ways, compare with ours. */
function goals(contest: Contest): string[] {
  return goalsBeside(
    contest,
    OUR_NAMES.traced,
    ({ name, isOurs }) => isOurs ? GOALS_OF_OURS[name] : 1,
  );
}

const GOALS_OF_OURS: Readonly<Record<string, number>> = {
  [OUR_NAMES.stock]: 3.5,
};
