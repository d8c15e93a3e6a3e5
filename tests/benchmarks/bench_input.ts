import { cifarResNet } from "../../lib/networks/cifar.ts";
import { alternate, QUICK } from "./alternate.ts";
import { ours } from "./contender.ts";
import { describeContest, enginesOf } from "./contest.ts";
import { writeExchange } from "./exchange.ts";
import { goalAtMost, type Section } from "./section.ts";
import { type Settings, THREADS } from "./settings.ts";
import { median, pairedRatios } from "./statistics.ts";

/**
 * What the input pipeline costs: the library's own training step, which draws,
 * gathers and augments, beside the same step on a mini-batch that lies ready.
 */
export async function benchInput(settings: Settings): Promise<Section> {
  const { quick } = settings;
  const depth = 20;
  const batchSize = quick ? 8 : 128;
  const network = cifarResNet({ depth });
  const exchange = await writeExchange(network, depth, batchSize);
  const job = { exchange, device: "cpu", threads: THREADS } as const;
  const turns = await alternate(
    [ours("traced", job), ours("augmented", job)],
    quick ? QUICK : { rounds: 15, secondsPerRound: 2 },
  );
  const [resident, augmented] = turns.measured;
  const ratios = pairedRatios(augmented?.rounds ?? [], resident?.rounds ?? []);
  const percent = 100 * (median(ratios) - 1);
  const title = `${network.name}, batch ${batchSize}`;
  return {
    name: "input",
    title: "What the input pipeline costs on two CPU cores",
    text: [
      describeContest({ title, ...turns }),
      goalAtMost(`${title}, added by augmentation`, percent, 3, " %"),
    ].join("\n\n"),
    engines: enginesOf(turns),
    data: { title, ...turns, percent },
  };
}
