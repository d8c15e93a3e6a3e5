import { green, red } from "@std/fmt/colors";

/** Counts and prints what is checked. */
export class Checks {
  /** How many held. */
  passed = 0;
  /** How many did not. */
  failed = 0;

  /**
   * Prints a line that begins with "ok" or "FAILED".
   *
   * @param claim What is checked
   * @param problems What speaks against it; nothing, if it holds
   */
  claim(claim: string, problems: readonly string[]): void {
    if (problems.length === 0) {
      this.passed++;
      console.log(`${green("ok")}      ${claim}`);
      return;
    }
    this.failed++;
    console.log(`${red("FAILED")}  ${claim}`);
    for (const problem of problems) console.log(`        ${problem}`);
  }
}
