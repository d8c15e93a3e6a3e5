/** CPU time used so far, in the kernel's ticks. */
interface CpuTime {
  /** By the whole machine. */
  readonly busy: number;
  /** By the machine or by nobody: ticks times cores. */
  readonly total: number;
  /** By the processes that are watched. */
  readonly watched: number;
}

/** Share of the CPUs beyond which others disturb a measurement. */
const DISTURBING = 0.05;

/**
 * Begins to watch how much of the machine other processes take while some are
 * measured.
 *
 * @param processes Ids of the processes that are measured; they must live on.
 * @returns Gives the share of all CPU time since then that others took, from 0
 * to 1, or `undefined` where the system does not tell.
 */
export function watchOthers(
  processes: readonly number[],
): () => number | undefined {
  if (Deno.build.os !== "linux") return () => undefined;
  const start = readCpuTime(processes);
  return () => {
    const now = readCpuTime(processes);
    const others = now.busy - start.busy - (now.watched - start.watched);
    return Math.max(0, others / (now.total - start.total));
  };
}

/** What to say of the others' share. */
export function describeOthers(share: number | undefined): string {
  if (share === undefined) {
    return "How busy others kept the machine is unknown.";
  }
  const words = `Other processes took ${
    (100 * share).toFixed(0)
  } % of the CPUs meanwhile`;
  return share > DISTURBING
    ? `**${words}: measure again on an idle machine.**`
    : `${words}.`;
}

function readCpuTime(processes: readonly number[]): CpuTime {
  const [line = ""] = Deno.readTextFileSync("/proc/stat").split("\n");
  // user nice system idle iowait irq softirq steal
  const ticks = line.split(/\s+/).slice(1, 9).map(Number);
  const total = sum(ticks);
  const [, , , idle = 0, waiting = 0] = ticks;
  const watched = sum([Deno.pid, ...processes].map(processTicks));
  return { busy: total - idle - waiting, total, watched };
}

/** Ticks in user and system mode of all threads of a process. */
function processTicks(id: number): number {
  const text = Deno.readTextFileSync(`/proc/${id}/stat`);
  // The name, in parentheses, may hold spaces.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
