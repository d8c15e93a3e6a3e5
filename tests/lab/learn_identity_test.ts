import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { learnIdentity } from "../../lib/lab/learn_identity.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertAllClose } from "../measurements/by_hand.ts";

testOnEachBackend(
  "learnIdentity() starts both kinds from the same values",
  async () => {
    const before = tf.memory().numTensors;
    const runs = await learnIdentity({
      depth: 1,
      units: 1,
      steps: 4,
      batchSize: 8,
      learningRate: 0.1,
      momentum: 0.5,
      seeds: [3],
    });
    assertEquals(tf.memory().numTensors, before);
    assertEquals(runs.map(({ kind, seed }) => `${kind} ${seed}`), [
      "plain 3",
      "residual 3",
    ]);
    const [plain, residual] = runs.map(({ losses }) => losses);
    // Both start from the same w, which the shortcut brings 1 nearer to 1.
    const [far, near] = [plain!, residual!].map((losses) =>
      Math.sqrt(losses[0]!)
    );
    assertAllClose([Math.min(Math.abs(far! - near!), far! + near!)], [1], 1e-4);
  },
);

Deno.test(
  "learnIdentity() is repeatable, and faster with a shortcut",
  async () => {
    await useBackend({ name: "tensorflow", quiet: true });
    const options = { steps: 60, units: 8, batchSize: 16, seeds: [0, 1] };
    const runs = await learnIdentity(options);
    const at = (kind: string, step: number) =>
      runs.filter((run) => run.kind === kind).map(({ losses }) =>
        losses.at(step)!
      );
    at("plain", -1).forEach((loss, i) => assert(loss > at("residual", -1)[i]!));
    const [again] = await learnIdentity({ ...options, seeds: [0] });
    assertAllClose(again!.losses, runs[0]!.losses, 1e-4);
    const cut = await learnIdentity({ ...options, stopRequested: () => true });
    assertEquals(cut.map(({ losses }) => losses.length), [0, 0, 0, 0]);
  },
);

Deno.test("learnIdentity() refuses what is no number of layers", async () => {
  await assertRejects(
    () => learnIdentity({ depth: 0 }),
    RangeError,
    "Expected depth to be an integer of at least 1 but found 0",
  );
});
