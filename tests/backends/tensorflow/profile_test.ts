import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { registerTensorFlow } from "../../../lib/backends/tensorflow/backend.ts";
import {
  costsByOp,
  profileOps,
} from "../../../lib/backends/tensorflow/profile.ts";
import { useBackend } from "../../../lib/backends/use_backend.ts";

Deno.test("profileOps() counts each op by its inputs' shapes", async () => {
  await useBackend({ name: "tensorflow", quiet: true });
  const { engine } = await registerTensorFlow();
  const costs = profileOps(engine, () =>
    tf.tidy(() => {
      tf.relu(tf.ones([2, 3]));
      tf.relu(tf.ones([2, 3]));
      tf.relu(tf.ones([4]));
    }));
  const relus = costs.filter(({ op }) => op === "Relu");
  assertEquals(
    relus.map(({ shapes, calls }) => [shapes, calls]).toSorted(),
    [["[2,3]", 2], ["[4]", 1]],
  );
  const [relu] = costsByOp(relus);
  assertEquals(relu?.calls, 3);
  assert((relu?.milliseconds ?? 0) > 0);
});

Deno.test("profileOps() stops watching when the work throws", async () => {
  await useBackend({ name: "tensorflow", quiet: true });
  const { engine } = await registerTensorFlow();
  assertThrows(
    () =>
      profileOps(engine, () => {
        throw new Error("the work failed");
      }),
    Error,
    "the work failed",
  );
  assertEquals(engine.onOp, undefined);
});
