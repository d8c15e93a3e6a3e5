import type { Contender } from "./contender.ts";
import { watchOthers } from "./cpu_use.ts";
import { WorkerProcess } from "./worker_process.ts";

/** How long to measure. */
export interface Effort {
  /** Times that each contender has its turn. */
  readonly rounds: number;
  /** Roughly how long a turn takes, in seconds. */
  readonly secondsPerRound: number;
  /** Steps after the first, whose losses are compared too. Default 4. */
  readonly warmUpSteps?: number;
  /** Whether contenders get ready side by side, where there are cores for it. */
  readonly startTogether?: boolean;
}

/** Enough to see that everything works. */
export const QUICK: Effort = { rounds: 2, secondsPerRound: 0.2 };

/** What was measured of one contender. */
export interface Measured {
  readonly name: string;
  readonly isOurs: boolean;
  /** What computes, and on what. */
  readonly engine: string;
  readonly device: string;
  /** Time of the first step: with tracing or compiling. */
  readonly firstMilliseconds: number;
  /** Losses of the first steps. */
  readonly losses: readonly number[];
  /** Mean time of a step in each round. */
  readonly rounds: readonly number[];
}

/** A contender that did not get ready. */
export interface Failure {
  readonly name: string;
  readonly reason: string;
}

/** What {@linkcode alternate} found. */
export interface Turns {
  readonly measured: readonly Measured[];
  /** Who could not take part. */
  readonly failures: readonly Failure[];
  /** Share of the CPUs that other processes took meanwhile, if it is known. */
  readonly others: number | undefined;
}

/**
 * Measures contenders in turns, A B C B C A C A B, so that what else the machine
 * does hits all of them alike, and none always comes after the same other one.
 * All stay alive in between, and wait.
 */
export async function alternate(
  contenders: readonly Contender[],
  { rounds, secondsPerRound, ...start }: Effort,
): Promise<Turns> {
  const { ready, failures } = await startAll(contenders, start);
  try {
    const others = watchOthers(ready.map(({ worker }) => worker.id));
    const times = ready.map((): number[] => []);
    for (let round = 0; round < rounds; round++) {
      for (const place of ready.keys()) {
        const i = (place + round) % ready.length;
        const { worker, milliseconds } = ready[i]!;
        const steps = Math.ceil(1000 * secondsPerRound / milliseconds);
        times[i]?.push((await worker.run(steps)).milliseconds);
      }
    }
    const measured = ready.map(({ start }, i) => ({
      ...start,
      rounds: times[i] ?? [],
    }));
    return { measured, failures, others: others() };
  } finally {
    await Promise.all(ready.map(({ worker }) => worker.stop()));
  }
}

interface Ready {
  readonly worker: WorkerProcess;
  /** Time of a warm step. */
  readonly milliseconds: number;
  readonly start: Omit<Measured, "rounds">;
}

async function startAll(
  contenders: readonly Contender[],
  { warmUpSteps = 4, startTogether = false }: Partial<Effort>,
) {
  const ready: Ready[] = [];
  const failures: Failure[] = [];
  const startOne = async (contender: Contender) => {
    try {
      ready.push(await warmUp(contender, warmUpSteps));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failures.push({ name: contender.name, reason });
    }
  };
  if (startTogether) await Promise.all(contenders.map(startOne));
  else for (const contender of contenders) await startOne(contender);
  const place = ({ start }: Ready) =>
    contenders.findIndex(({ name }) => name === start.name);
  return { ready: ready.toSorted((a, b) => place(a) - place(b)), failures };
}

async function warmUp(contender: Contender, steps: number): Promise<Ready> {
  const { name, isOurs } = contender;
  const worker = new WorkerProcess(contender);
  try {
    const about = await worker.ready();
    const first = await worker.run(1);
    const warm = await worker.run(steps);
    return {
      worker,
      milliseconds: warm.milliseconds,
      start: {
        name,
        isOurs,
        ...about,
        firstMilliseconds: first.milliseconds,
        losses: [...first.losses, ...warm.losses],
      },
    };
  } catch (error) {
    await worker.stop();
    throw error;
  }
}
