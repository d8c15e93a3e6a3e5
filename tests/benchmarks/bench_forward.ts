import { QUICK } from "./alternate.ts";
import { hasCompiler } from "./compiler.ts";
import { ours, pytorch } from "./contender.ts";
import {
  bestOfPyTorch,
  type Contest,
  describeContest,
  enginesOf,
  ratio,
  runContest,
} from "./contest.ts";
import {
  type ForwardSetting,
  writeForwardExchange,
} from "./forward_exchange.ts";
import { goalAtMost, type Section } from "./section.ts";
import { type Settings, THREADS } from "./settings.ts";

/**
 * A forward pass of a deep ImageNet network in evaluation mode, ours beside
 * PyTorch's, on two CPU cores.
 */
export async function benchForward({ quick }: Settings): Promise<Section> {
  const setting: ForwardSetting = quick
    ? { depth: 50, batchSize: 2 }
    : { depth: 152, batchSize: 8 };
  const folder = await Deno.makeTempDir({ prefix: "forward-" });
  try {
    const exchange = await writeForwardExchange(folder, setting);
    const contest = await measure(exchange, setting, quick);
    return {
      name: "forward",
      title: "A forward pass on two CPU cores",
      text: [describeContest(contest), ...goals(contest)].join("\n\n"),
      engines: enginesOf(contest),
      data: contest,
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function measure(
  exchange: string,
  { depth, batchSize }: ForwardSetting,
  quick: boolean,
): Promise<Contest> {
  const job = {
    exchange,
    device: "cpu",
    threads: THREADS,
    work: "forward",
  } as const;
  const contest = await runContest(
    `ResNet-${depth}, ${batchSize} images of 224x224`,
    [
      ours("traced", job),
      await pytorch("eager", job),
      await pytorch("channels_last", job),
      ...await hasCompiler()
        ? [await pytorch("compile_channels_last", job)]
        : [],
    ],
    quick
      ? QUICK
      // A pass takes seconds: one a turn, and all is over in a few minutes.
      : { rounds: 5, secondsPerRound: 1, warmUpSteps: 1 },
  );
  return { ...contest, timed: "pass" };
}

function goals(contest: Contest): string[] {
  const best = bestOfPyTorch(contest);
  if (best === undefined) return [];
  return [
    goalAtMost(
      `${contest.title}, times the best of PyTorch (${best.name})`,
      1 / ratio(contest, best),
      1.5,
      "x",
    ),
  ];
}
