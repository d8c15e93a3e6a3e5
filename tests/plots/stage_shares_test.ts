import { assert, assertEquals } from "@std/assert";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import type { BarTrace } from "../../lib/plots/figure.ts";
import { stageShares } from "../../lib/plots/stage_shares.ts";

Deno.test("stageShares() adds up to the whole network", () => {
  const { data } = stageShares(cifarResNet({ depth: 110 }));
  for (const { y } of data as BarTrace[]) {
    const sum = y.reduce<number>((sum, share) => sum + (share ?? 0), 0);
    assert(Math.abs(sum - 100) < 1e-9);
  }
  // Three quarters of the parameters, a third of the work: 64² of 16²+32²+64².
  const [parameters, work] = data as BarTrace[];
  assertEquals(Math.round(parameters!.y[3]!), 76);
  assertEquals(Math.round(work!.y[3]!), 33);
});
