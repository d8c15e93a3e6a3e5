import { assert } from "@std/assert";
import { useBackend } from "../../lib/backends/use_backend.ts";
import type { Network } from "../../lib/networks/layer.ts";
import { type Difference, differences } from "./compare.ts";
import { readReference } from "./reference_file.ts";
import { runReference } from "./run_reference.ts";

/** Differences that a message lists. */
const LISTED = 10;

/**
 * Registers a test for each case of a reference: that our network gives
 * PyTorch's logits in evaluation and in training, its loss, gradients and
 * running statistics.
 *
 * @param family Names the file of tests/reference/values.
 * @param networks Ours by the name of the case.
 */
export async function testReference(
  family: string,
  networks: Readonly<Record<string, () => Network>>,
): Promise<void> {
  await useBackend({ name: "tensorflow", quiet: true });
  const { cases } = await readReference(family);
  Deno.test(`the reference "${family}" has the networks that are compared`, () => {
    const [missing] = new Set(Object.keys(cases))
      .symmetricDifference(new Set(Object.keys(networks)));
    assert(missing === undefined, `${missing} is on one side only`);
  });
  for (const [name, expected] of Object.entries(cases)) {
    const build = networks[name];
    if (build === undefined) continue;
    Deno.test(`${name} gives PyTorch's logits, gradients and running statistics`, async () => {
      const outcome = await runReference(build(), expected);
      const off = differences(outcome, expected)
        .filter(({ parts }) => parts > 1)
        .sort((a, b) => b.parts - a.parts);
      assert(off.length === 0, describe(off));
    });
  }
}

function describe(off: readonly Difference[]): string {
  const lines = off.slice(0, LISTED).map(({ of, found, expected, parts }) =>
    `  ${of}: expected ${expected} but found ${found}, ${
      parts.toPrecision(2)
    } times what is tolerated`
  );
  return [`${off.length} values are off, worst first:`, ...lines].join("\n");
}
