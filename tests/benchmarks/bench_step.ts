import { cifarResNet } from "../../lib/networks/cifar.ts";
import {
  type Contender,
  type Job,
  ours,
  pytorch,
  type PyTorchMode,
  stock,
} from "./contender.ts";
import {
  bestOfPyTorch,
  type Contest,
  describeContest,
  enginesOf,
  ratio,
  runContest,
} from "./contest.ts";
import { writeExchange } from "./exchange.ts";
import { hasCompiler } from "./has_compiler.ts";
import { oneDnnByDefault } from "./one_dnn_default.ts";
import { goal, type Section } from "./section.ts";
import { type Settings, THREADS } from "./settings.ts";

/** Our step beside stock tfjs-node's and PyTorch's, on two CPU cores. */
export async function benchStep(settings: Settings): Promise<Section> {
  const { quick } = settings;
  const batchSize = quick ? 8 : 128;
  const compiles = await hasCompiler();
  const contests: Contest[] = [];
  for (const depth of quick ? [20] : [20, 56]) {
    const network = cifarResNet({ depth });
    const exchange = await writeExchange(network, depth, batchSize);
    const job = { exchange, device: "cpu", threads: THREADS } as const;
    const mine = ours("traced", job);
    const title = `${network.name}, batch ${batchSize}`;
    const run = (others: readonly Contender[], rounds: number) =>
      runContest(
        title,
        [mine, ...others],
        quick
          ? { rounds: 2, secondsPerRound: 0.2 }
          : { rounds, secondsPerRound: 1.5 },
      );
    contests.push(
      await run([ours("eager", job), ...await stock(job)], 5),
      // These come so near to ours that only many rounds tell them apart.
      await run(await pytorchContenders(job, compiles), 25),
    );
  }
  const notes = compiles
    ? ["The first step of torch.compile is short where it finds its cache."]
    : ["No C++ compiler was found: torch.compile did not take part."];
  if (!await oneDnnByDefault()) {
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

async function pytorchContenders(
  job: Job,
  compiles: boolean,
): Promise<Contender[]> {
  const modes: PyTorchMode[] = ["eager", "channels_last"];
  if (compiles) modes.push("compile", "compile_channels_last");
  const contenders: Contender[] = [];
  // One after another: the first one may have to install PyTorch.
  for (const mode of modes) contenders.push(await pytorch(mode, job));
  return contenders;
}

function goals(contest: Contest): string[] {
  const stock = contest.measured.find(({ name }) => name.startsWith("stock"));
  const best = bestOfPyTorch(contest);
  const { title } = contest;
  return [
    ...stock
      ? [goal(`${title}, times stock tfjs-node`, ratio(contest, stock), 3.5)]
      : [],
    ...best
      ? [
        goal(
          `${title}, times the best of PyTorch (${best.name})`,
          ratio(contest, best),
          1,
        ),
      ]
      : [],
  ];
}
