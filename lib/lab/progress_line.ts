import { inWords, type ProgressOutput } from "../setup/progress.ts";
import type { Progress } from "../training/train.ts";

/** Milliseconds between two drawings of the bar. */
const DRAW_EVERY = 200;

/** Characters of the bar. */
const WIDTH = 24;

/** Says how a run goes: a bar on a terminal, a line for each point in a log. */
export class ProgressLine {
  readonly #output: ProgressOutput;
  readonly #name: string;
  readonly #device: string;
  readonly #now: () => number;
  #steps: number | undefined;
  #first: { readonly step: number; readonly time: number } | undefined;
  #drawn = -Infinity;
  #error = "";

  /**
   * @param name The network's.
   * @param device What computes, such as "CPU".
   * @param now The time in milliseconds; a test puts its own here.
   */
  constructor(
    { output, name, device, now = () => performance.now() }: {
      readonly output: ProgressOutput;
      readonly name: string;
      readonly device: string;
      readonly now?: () => number;
    },
  ) {
    this.#output = output;
    this.#name = name;
    this.#device = device;
    this.#now = now;
  }

  /** Says at once that something goes on: the first step takes many seconds. */
  begin(steps: number): void {
    this.#steps = steps;
    this.#say(`${this.#name}: preparing the step on the ${this.#device} ...`);
  }

  /** Tells of a step that was made, from 1. */
  step(step: number): void {
    const now = this.#now();
    this.#first ??= { step, time: now };
    if (!this.#output.isTerminal || now - this.#drawn < DRAW_EVERY) return;
    this.#drawn = now;
    this.#say(`${this.#bar(step)} ${this.#where(step)}`);
  }

  /** Tells of a new point of the curves. */
  point({ step, curves }: Pick<Progress, "step" | "curves">): void {
    const [train, test] = [curves.train.at(-1), curves.test.at(-1)];
    const validation = curves.validation?.at(-1);
    const errors = [
      ...train ? [`training ${train.error.toFixed(1)} %`] : [],
      ...validation ? [`validation ${validation.error.toFixed(1)} %`] : [],
      ...test ? [`test ${test.error.toFixed(1)} %`] : [],
    ];
    this.#error = `; error: ${errors.join(", ")}`;
    if (!this.#output.isTerminal) this.#say(this.#where(step));
  }

  /** Makes room for other lines. */
  end(): void {
    if (this.#output.isTerminal) this.#output.write("\r\x1b[K");
  }

  #where(step: number): string {
    const steps = this.#steps ?? step;
    return `${this.#name} step ${step} of ${steps}${
      this.#speed(step)
    }${this.#error}`;
  }

  #speed(step: number): string {
    const first = this.#first;
    if (first === undefined || step <= first.step) return "";
    const perSecond = 1000 * (step - first.step) / (this.#now() - first.time);
    const left = 1000 * ((this.#steps ?? step) - step) / perSecond;
    return `, ${perSecond.toPrecision(2)} steps a second, ${
      inWords(left)
    } left, ${this.#device}`;
  }

  #bar(step: number): string {
    const full = Math.round(WIDTH * step / (this.#steps ?? step));
    return `[${"#".repeat(full)}${"-".repeat(WIDTH - full)}]`;
  }

  #say(text: string): void {
    const { isTerminal, columns } = this.#output;
    // A row is all that the next drawing clears.
    const width = (columns?.() ?? Infinity) - 1;
    this.#output.write(
      isTerminal ? `\r\x1b[K${text.slice(0, Math.max(0, width))}` : `${text}\n`,
    );
  }
}
