import { cifarResNet } from "../../lib/networks/cifar.ts";
import { hasCompiler } from "./compiler.ts";
import { type Contender, ours, pytorch } from "./contender.ts";
import { writeExchange } from "./exchange.ts";
import { gibibytes, table } from "./markdown.ts";
import type { Memory } from "./protocol.ts";
import { goalAtMost, type Section } from "./section.ts";
import { type Settings, THREADS } from "./settings.ts";
import { WorkerProcess } from "./worker_process.ts";

/** Steps after which a process has used all the memory that it will. */
const STEPS = 4;

/** Peak memory of a training step, ours beside PyTorch's. */
export async function benchMemory(settings: Settings): Promise<Section> {
  const { quick } = settings;
  const depth = quick ? 20 : 56;
  const batchSize = quick ? 8 : 128;
  const network = cifarResNet({ depth });
  const exchange = await writeExchange(network, depth, batchSize);
  const job = { exchange, device: "cpu", threads: THREADS } as const;
  const contenders = [
    ours("traced", job),
    await pytorch("eager", job),
    await pytorch("channels_last", job),
    ...await hasCompiler() ? [await pytorch("compile", job)] : [],
  ];
  const rows: MemoryMeasured[] = [];
  for (const contender of contenders) rows.push(await measure(contender));
  const title = `${network.name}, batch ${batchSize}`;
  const added = ({ memory }: MemoryMeasured) => memory.peak - memory.baseline;
  const own = rows.filter(({ isOurs }) => isOurs).map(added);
  const theirs = rows.filter(({ isOurs }) => !isOurs).map(added);
  return {
    name: "memory",
    title: "Peak memory of training on a CPU",
    text: [
      table(
        [title, "added by training", "library loaded", "peak"],
        rows.map((row) => [
          row.name,
          gibibytes(added(row)),
          gibibytes(row.memory.baseline),
          gibibytes(row.memory.peak),
        ]),
      ),
      goalAtMost(
        `${title}, added memory, times PyTorch's least`,
        Math.max(...own) / Math.min(...theirs),
        1,
        "x",
      ),
    ].join("\n\n"),
    engines: rows.map(({ engine }) => engine),
    data: { title, rows },
  };
}

interface MemoryMeasured {
  readonly name: string;
  readonly isOurs: boolean;
  readonly engine: string;
  readonly memory: Memory;
}

async function measure(contender: Contender): Promise<MemoryMeasured> {
  const worker = new WorkerProcess(contender);
  try {
    const about = await worker.ready();
    await worker.run(STEPS);
    const { name, isOurs } = contender;
    return { name, isOurs, ...about, memory: await worker.memory() };
  } finally {
    await worker.stop();
  }
}
