import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { firstSteps, lateLoss } from "../../lib/lab/first_steps.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";

await useBackend({ quiet: true });

Deno.test("firstSteps() trains the same network at each rate", async () => {
  const dataset = syntheticImages({ trainCount: 32, testCount: 10 });
  const runs = await firstSteps(cifarResNet({ depth: 8 }), {
    ...{ dataset, rates: [0.1, 0.001, 0.1], steps: 5, batchSize: 4 },
  });
  assertEquals(runs.map(({ rate }) => rate), [0.1, 0.001, 0.1]);
  for (const { losses, stoppedBy } of runs) {
    assertEquals(losses.map(({ step }) => step), [2, 4, 5]);
    assertEquals(stoppedBy, "steps");
  }
  const [fast, slow, again] = runs.map(lateLoss);
  assertNotEquals(fast, slow);
  assert(Math.abs(fast! - again!) < 1e-3 * fast!);
});

Deno.test("lateLoss() takes a loss that left the numbers for the worst", () => {
  const losses = [{ step: 1, loss: 2 }, { step: 2, loss: 1 }];
  assertEquals(
    lateLoss({ losses, stoppedBy: "not a finite number" }),
    Infinity,
  );
  assertEquals(lateLoss({ losses, stoppedBy: "steps" }), 1);
});
