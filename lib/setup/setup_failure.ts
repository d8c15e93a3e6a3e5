/**
 * Something that keeps the set-up from going on, with what to do about it.
 *
 * @example The two sentences
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SetupFailure } from "./setup_failure.ts";
 *
 * const failure = new SetupFailure("The disk is full", "Free 2 GB");
 * assertEquals(failure.message, "The disk is full");
 * assertEquals(failure.mend, "Free 2 GB");
 * ```
 */
export class SetupFailure extends Error {
  /** What the reader can do about it, one sentence. */
  readonly mend: string;

  /**
   * @param problem What is wrong, one sentence
   * @param mend What the reader can do about it, one sentence
   */
  constructor(problem: string, mend: string, options?: ErrorOptions) {
    super(problem, options);
    this.name = "SetupFailure";
    this.mend = mend;
  }
}

/**
 * Runs a task's main function: a {@linkcode SetupFailure} is printed as its
 * two sentences, without a stack, and ends the process with code 1.
 */
export async function runTask(main: () => Promise<number>): Promise<never> {
  try {
    Deno.exit(await main());
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    console.error(`\n${error.message}.\nWhat to do: ${error.mend}.`);
    Deno.exit(1);
  }
}
