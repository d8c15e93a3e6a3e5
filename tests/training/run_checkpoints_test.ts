import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { useBackend } from "../../lib/backends/use_backend.ts";
import type { RunProgress } from "../../lib/checkpoints/schema.ts";
import { checkpointNames } from "../../lib/checkpoints/write_checkpoint.ts";
import { RunCheckpoints } from "../../lib/training/run_checkpoints.ts";

await useBackend({ name: "tensorflow", quiet: true });

const RUN = {
  ...{ network: "a network", description: "a", data: "b", seed: 0 },
  ...{ backend: "tensorflow", recipe: {} },
};

function progressAt(step: number): RunProgress {
  return {
    step,
    curves: { train: [], test: [] },
    sums: { steps: 0, images: 0, loss: 0, mistakes: 0 },
    seconds: 1,
  };
}

Deno.test("a checkpoint that could not be written is tried again, not at each step", async () => {
  const directory = await Deno.makeTempDir();
  const weights = tf.variable(tf.tensor1d([1, 2]));
  try {
    using checkpoints = new RunCheckpoints(
      { directory, everySteps: 3 },
      RUN,
      new Map([["weights", weights]]),
    );
    await checkpoints.begin();
    // No file can have the name of a folder that is not empty.
    const taken = join(directory, "step-00000003.json");
    await Deno.mkdir(join(taken, "inside"), { recursive: true });
    await checkpoints.writeIfDue(() => progressAt(3), 3);
    await Deno.remove(taken, { recursive: true });
    await checkpoints.writeIfDue(() => progressAt(4), 4);
    assertEquals(await checkpointNames(directory), []);
    await checkpoints.write(progressAt(3));
    assertEquals(await checkpointNames(directory), ["step-00000003"]);
    await checkpoints.writeIfDue(() => progressAt(6), 6);
    assertEquals((await checkpointNames(directory))[0], "step-00000006");
  } finally {
    weights.dispose();
    await Deno.remove(directory, { recursive: true });
  }
});
