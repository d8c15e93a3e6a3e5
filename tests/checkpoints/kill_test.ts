import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { fromFileUrl, join } from "@std/path";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { checkpointNames } from "../../lib/checkpoints/write_checkpoint.ts";
import { train } from "../../lib/training/train.ts";
import { loadWeights } from "../../lib/weights/load_weights.ts";
import { openSafetensors } from "../../lib/weights/read_safetensors.ts";
import { LONG_RUN } from "./small_run.ts";

await useBackend({ name: "tensorflow", quiet: true });

const KILLS = 20;
const PROGRAM = fromFileUrl(new URL("./small_run.ts", import.meta.url));

/** Starts or goes on with the run. */
function start(directory: string, weights: string): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", PROGRAM, directory, weights],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

/** Waits for a checkpoint newer than those that are there. */
async function untilNewer(directory: string): Promise<void> {
  const [before] = await checkpointNames(directory);
  while ((await checkpointNames(directory))[0] === before) await delay(2);
}

Deno.test("a run killed 20 times gives the weights and curves of a whole one", async () => {
  const directory = await Deno.makeTempDir();
  const weights = join(directory, "weights.safetensors");
  const checkpoints = join(directory, "checkpoints");
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const child = start(checkpoints, weights);
      const output = child.stdout.getReader();
      await output.read(); // It says that it begins.
      // Every fourth dies while it reads its checkpoint or traces its step, the
      // others in a step or while they write one.
      if (kill % 4 > 0) await untilNewer(checkpoints);
      await delay(100 * Math.random());
      child.kill("SIGKILL");
      await output.cancel();
      assertEquals((await child.status).signal, "SIGKILL", "it had ended");
    }
    const { success } = await start(checkpoints, weights).output();
    assertEquals(success, true);
    const whole = await train(LONG_RUN);
    const resumed = await loadWeights(LONG_RUN.network, weights);
    assertEquals(await resumed.values(), await whole.model.values());
    using file = await openSafetensors(weights);
    assertEquals(JSON.parse(file.metadata.get("curves")!), whole.curves);
    [whole, { model: resumed }].forEach(({ model }) => model.dispose());
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
