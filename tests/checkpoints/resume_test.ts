import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { checkpointNames } from "../../lib/checkpoints/write_checkpoint.ts";
import { fileInfo } from "../../lib/data/file_info.ts";
import { build } from "../../lib/networks/model.ts";
import type { CheckpointOptions } from "../../lib/training/run_checkpoints.ts";
import { train, type TrainResult } from "../../lib/training/train.ts";
import { SMALL_RUN } from "./small_run.ts";

await useBackend({ name: "tensorflow", quiet: true });

async function valuesOf({ model }: TrainResult) {
  const values = await model.values();
  model.dispose();
  return values;
}

const whole = await train(SMALL_RUN);
const expected = {
  curves: whole.curves,
  final: whole.final,
  values: await valuesOf(whole),
};

function assertWhole(
  { curves, final }: TrainResult,
  values: ReadonlyMap<string, Float32Array>,
): void {
  assertEquals(curves, expected.curves);
  assertEquals(final, expected.final);
  assertEquals(values, expected.values);
}

/** Runs until the `times`th time that it is asked whether to stop. */
async function runUntil(times: number, checkpoints: CheckpointOptions) {
  let asked = 0;
  const result = await train({
    ...SMALL_RUN,
    checkpoints,
    stopRequested: () => ++asked > times,
  });
  assertEquals(result.stoppedBy, "user");
  result.model.dispose();
  return result;
}

async function withFolder(test: (directory: string) => Promise<void>) {
  const directory = await Deno.makeTempDir();
  try {
    await test(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("a run that is stopped anywhere goes on bit for bit", async () => {
  // Stops come before a step, and within an evaluation.
  for (const times of [0, 1, 3, 4, 5, 6, 9, 10, 11, 25]) {
    await withFolder(async (directory) => {
      await runUntil(times, { directory });
      const resumed = await train({
        ...SMALL_RUN,
        checkpoints: { directory, resume: true },
      });
      assertEquals(resumed.stoppedBy, "steps");
      assertWhole(resumed, await valuesOf(resumed));
    });
  }
});

Deno.test("a run that is whole is not made again", async () => {
  await withFolder(async (directory) => {
    const first = await train({ ...SMALL_RUN, checkpoints: { directory } });
    first.model.dispose();
    const points: number[] = [];
    const again = await train({
      ...SMALL_RUN,
      checkpoints: { directory, resume: true },
      onProgress: ({ step }) => void points.push(step),
    });
    assertEquals(points, []);
    assertWhole(again, await valuesOf(again));
  });
});

Deno.test("a resumed run says from which step on", async () => {
  await withFolder(async (directory) => {
    const said: string[] = [];
    const { log } = console;
    console.log = (line: string) => void said.push(line);
    try {
      const checkpoints = { directory, resume: true };
      (await train({ ...SMALL_RUN, checkpoints })).model.dispose();
      (await train({ ...SMALL_RUN, checkpoints })).model.dispose();
    } finally {
      console.log = log;
    }
    assertEquals(said, [
      `No checkpoint in ${directory}: beginning at step 0`,
      `Going on from step ${SMALL_RUN.recipe.steps} (${directory})`,
    ]);
  });
});

Deno.test("the last two checkpoints are kept", async () => {
  await withFolder(async (directory) => {
    const checkpoints = { directory, everySteps: 3 };
    const result = await train({ ...SMALL_RUN, checkpoints });
    result.model.dispose();
    const files = await Array.fromAsync(Deno.readDir(directory));
    assertEquals(files.map(({ name }) => name).toSorted(), [
      "lock",
      "step-00000027.json",
      "step-00000027.safetensors",
      "step-00000030.json",
      "step-00000030.safetensors",
    ]);
  });
});

const DAMAGES: Record<string, (path: string) => Promise<void>> = {
  "cut tensors": (path) => Deno.truncate(`${path}.safetensors`, 500),
  "no tensors": (path) => Deno.remove(`${path}.safetensors`),
  "one bit of a tensor": async (path) => {
    const bytes = await Deno.readFile(`${path}.safetensors`);
    bytes[bytes.length - 1]! ^= 1;
    await Deno.writeFile(`${path}.safetensors`, bytes);
  },
  "cut JSON": (path) => Deno.truncate(`${path}.json`, 100),
  "other JSON": (path) => Deno.writeTextFile(`${path}.json`, '{"schema": 2}'),
};

for (const [damage, make] of Object.entries(DAMAGES)) {
  Deno.test(`a damaged checkpoint is refused by name: ${damage}`, async () => {
    await withFolder(async (directory) => {
      await runUntil(20, { directory, everySteps: 2 });
      const [newest, before] = await checkpointNames(directory);
      await make(join(directory, newest!));
      const said: string[] = [];
      const { warn } = console;
      console.warn = (line: string) => void said.push(line);
      let resumed: TrainResult;
      try {
        resumed = await train({
          ...SMALL_RUN,
          checkpoints: { directory, resume: true },
        });
      } finally {
        console.warn = warn;
      }
      assertEquals(said.length, 1);
      assert(said[0]!.includes(`${newest}.json`), said[0]);
      const step = Number(before!.slice("step-".length));
      assert(said[0]!.endsWith(`going on from step ${step}`), said[0]);
      // All there was of it is kept to be looked at.
      const kept = [".json", ".safetensors"].map((end) =>
        fileInfo(join(directory, `${newest}${end}.refused`))
      );
      const found = (await Promise.all(kept)).map((info) => info !== null);
      assertEquals(found, [true, damage !== "no tensors"]);
      assertWhole(resumed, await valuesOf(resumed));
    });
  });
}

Deno.test("a checkpoint of another run is refused, and what differs named", async () => {
  await withFolder(async (directory) => {
    await runUntil(5, { directory });
    const checkpoints = { directory, resume: true };
    await assertRejects(
      () => train({ ...SMALL_RUN, seed: 2, checkpoints }),
      Error,
      "to be of a run with the seed 2 but found 1",
    );
    const recipe = { ...SMALL_RUN.recipe, momentum: 0.8 };
    await assertRejects(
      () => train({ ...SMALL_RUN, recipe, checkpoints }),
      Error,
      "to be of a run with the recipe",
    );
    await assertRejects(
      () => train({ ...SMALL_RUN, checkpoints: { directory } }),
      Error,
      "resume from it (--resume), or move the folder away to begin anew",
    );
    // Nothing was lost by asking.
    const resumed = await train({ ...SMALL_RUN, checkpoints });
    assertWhole(resumed, await valuesOf(resumed));
  });
});

Deno.test("a checkpoint of a run from other values is refused", async () => {
  const { network } = SMALL_RUN;
  const [model, other] = [5, 6].map((seed) => build(network, { seed }));
  await withFolder(async (directory) => {
    const stopped = await train({
      ...{ ...SMALL_RUN, model: model!, checkpoints: { directory } },
      secondsBudget: 0,
    });
    stopped.model.dispose();
    const checkpoints = { directory, resume: true };
    for (const options of [{ model: other! }, {}]) {
      await assertRejects(
        () => train({ ...SMALL_RUN, ...options, checkpoints }),
        Error,
        "to be of a run with the startsFrom",
      );
    }
    const same = await train({ ...SMALL_RUN, model: model!, checkpoints });
    assertEquals(same.stoppedBy, "steps");
    same.model.dispose();
  });
  [model!, other!].forEach((one) => one.dispose());
});

Deno.test("checkpoints none of which is whole are kept, not begun anew over", async () => {
  await withFolder(async (directory) => {
    await runUntil(20, { directory, everySteps: 2 });
    const names = await checkpointNames(directory);
    for (const name of names) {
      await Deno.writeTextFile(join(directory, `${name}.json`), "{}");
    }
    await assertRejects(
      () => train({ ...SMALL_RUN, checkpoints: { directory, resume: true } }),
      Error,
      "that is whole but found none",
    );
    assertEquals(await checkpointNames(directory), names);
  });
});

Deno.test("two processes do not write to one folder", async () => {
  await withFolder(async (directory) => {
    using lock = await Deno.open(join(directory, "lock"), {
      create: true,
      write: true,
    });
    await lock.lock(true);
    await assertRejects(
      () => train({ ...SMALL_RUN, checkpoints: { directory } }),
      Error,
      "but another process does",
    );
  });
});
