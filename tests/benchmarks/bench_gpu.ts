import { cifarResNet } from "../../lib/networks/cifar.ts";
import { ours, pytorch } from "./contender.ts";
import {
  type Contest,
  describeContest,
  enginesOf,
  runContest,
} from "./contest.ts";
import { writeExchange } from "./exchange.ts";
import { goalOfRatios, type Section } from "./section.ts";
import type { Settings } from "./settings.ts";
import { median, pairedRatios } from "./statistics.ts";
import { trainPaperRecipe } from "./train_paper_recipe.ts";

/** Depths, and how many times as fast as PyTorch eager our step shall be. */
const GOALS = [[20, 2], [56, 1.5], [110, 1.5]] as const;

/** How far first losses may lie apart: TF32 keeps three digits. */
const TOLERANCE = 1e-2;

/** Part of the minutes that the table may take; the rest is for training. */
const TABLE_SHARE = 0.55;

/**
 * The GPU's table: ours and PyTorch's ways side by side, with and without TF32,
 * then ResNet-20 at the paper's recipe. Where there is no GPU everything runs
 * on the CPU, to rehearse.
 */
export async function benchGpu(settings: Settings): Promise<Section> {
  const { quick, minutes } = settings;
  const started = performance.now();
  const minutesLeft = () => minutes - (performance.now() - started) / 60_000;
  const contests: Contest[] = [];
  const skipped: string[] = [];
  // The network that matters most first, in case time runs out.
  const plan = [
    ...GOALS.map(([depth]) => ({ depth, tf32: true })),
    { depth: 20, tf32: false },
  ].slice(0, quick ? 1 : undefined);
  for (const { depth, tf32 } of plan) {
    const title = `ResNet-${depth}${tf32 ? "" : ", TF32 off"}`;
    if (minutesLeft() < minutes * (1 - TABLE_SHARE)) skipped.push(title);
    else contests.push(await contestOn(settings, title, depth, tf32));
  }
  const training = await trainPaperRecipe({
    quick,
    minutes: minutesLeft(),
    millisecondsPerStep: bestOfOurs(contests[0])[0] ?? 10,
  });
  return {
    name: "gpu",
    title: settings.gpu
      ? "On a GPU"
      : "The GPU's table, rehearsed without a GPU",
    text: [
      ...contests.map(describeContest),
      ...skipped.map((title) => `${title}: left out, the time was up.`),
      contests.flatMap(goals).join("\n"),
      training.text,
    ].join("\n\n"),
    engines: contests.flatMap(enginesOf),
    data: { contests, skipped, training: training.data },
  };
}

async function contestOn(
  { quick, gpu }: Settings,
  title: string,
  depth: number,
  tf32: boolean,
): Promise<Contest> {
  const batchSize = quick ? 8 : 128;
  const network = cifarResNet({ depth });
  const exchange = await writeExchange(network, depth, batchSize);
  const device = gpu ? "gpu" : "cpu";
  const job = { exchange, device, tf32 } as const;
  const contenders = [
    ours("traced", job),
    ours("xla", job),
    ours("eager", job),
    await pytorch("eager", job),
    await pytorch("channels_last", job),
    await pytorch("cuda_graphs", job),
  ];
  const effort = {
    rounds: quick ? 2 : 7,
    secondsPerRound: quick ? 0.1 : 0.5,
    startTogether: navigator.hardwareConcurrency > contenders.length,
  };
  return await runContest(
    `${title}, batch ${batchSize}`,
    contenders,
    effort,
    TOLERANCE,
  );
}

/** Times of our faster way, traced with XLA or without. */
function bestOfOurs(contest: Contest | undefined): readonly number[] {
  const times = contest?.measured
    .filter(({ name }) => name.startsWith("ours, traced"))
    .map(({ rounds }) => rounds) ?? [];
  return times.toSorted((a, b) => median(a) - median(b))[0] ?? [];
}

function goals(contest: Contest): string[] {
  const [, least] =
    GOALS.find(([depth]) => contest.title.startsWith(`ResNet-${depth},`)) ?? [];
  const eager = contest.measured.find(({ name }) => name === "PyTorch eager");
  if (least === undefined || eager === undefined) return [];
  const ratios = pairedRatios(eager.rounds, bestOfOurs(contest));
  const what = `${contest.title}, times PyTorch eager`;
  return [goalOfRatios(what, ratios, least)];
}
