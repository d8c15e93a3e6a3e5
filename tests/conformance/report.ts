import { bold, red } from "@std/fmt/colors";
import type { Results } from "./jasmine.ts";
import { knownFailures, leftOut } from "./known_failures.ts";

/**
 * Fewer tests than the suites of tfjs 4.22.0 have (4,033 pass): that fewer run
 * is a failure too, such as of what lists them.
 */
const LEAST = 4000;

/**
 * Prints what failed, and counts.
 *
 * @param results All that jasmine reported.
 * @param complete Whether all tests were to run: then each known failure must
 * be among them, and as many pass as there are.
 * @returns Whether exactly the known failures failed.
 */
export function report({ specs, suites }: Results, complete: boolean): boolean {
  const named = (status: string) =>
    specs.filter((spec) => spec.status === status).map((spec) => spec.fullName);
  const passed = named("passed");
  const failed = named("failed");
  const problems: [name: string, messages: string[]][] = [...specs, ...suites]
    .map(({ fullName = "Outside any test", failedExpectations = [] }) =>
      [
        fullName,
        failedExpectations.map(({ message }) => message),
      ] as [string, string[]]
    )
    .filter(([name, messages]) =>
      messages.length > 0 && !(name in knownFailures)
    );
  for (const [name, reason] of Object.entries(leftOut)) {
    console.log(`Left out: ${name}\n  ${reason}`);
  }
  for (const [name, reason] of Object.entries(knownFailures)) {
    if (failed.includes(name)) {
      console.log(`Known to fail: ${name}\n  ${reason}`);
    } else if (passed.includes(name)) {
      problems.push([name, ["Known to fail, but it passed: unlist it"]]);
    } else if (complete) {
      problems.push([name, ["Known to fail, but there is no such test"]]);
    }
  }
  if (complete && passed.length < LEAST) {
    const message = `Expected at least ${LEAST} but found ${passed.length}`;
    problems.push(["The number of tests that pass", [message]]);
  }
  for (const [name, messages] of problems) {
    console.log(red(bold(`FAILED ${name}`)));
    for (const message of messages) {
      console.log(message.replaceAll(/^/gm, "  "));
    }
  }
  console.log(
    `${named("excluded").length} ignored, ${
      named("pending").length
    } pending, ` +
      `${failed.filter((name) => name in knownFailures).length} known to fail`,
  );
  console.log(`${passed.length} passed, ${problems.length} failed`);
  return problems.length === 0;
}
