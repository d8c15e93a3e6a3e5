import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { findRun, labRun } from "../../lib/lab/lab_run.ts";
import { parseDuration } from "../../lib/lab/parse_duration.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { withConstantScaling } from "../../lib/networks/shortcut_variants.ts";
import { readRecord } from "../../lib/records/read_record.ts";

Deno.test("labRun() leaves a record that says what ran, and on what", async () => {
  const backend = await useBackend({ quiet: true });
  const directory = await Deno.makeTempDir({ dir: "data", prefix: ".part-" });
  try {
    const dataset = syntheticImages({ trainCount: 64, testCount: 20 });
    // Its name has what a file's cannot have.
    const network = withConstantScaling(cifarResNet({ depth: 8 }), {
      shortcut: 0.5,
      body: 1,
    });
    const settings = {
      network,
      dataset,
      preset: "smoke" as const,
      backend,
      directory,
    };
    let steps = 0;
    const stopped = await labRun({
      ...settings,
      stopRequested: () => steps++ >= 2,
    });
    assertEquals(stopped.record.stoppedBy, "user");
    assertEquals(stopped.record.network.parameters, 75290);
    assertEquals(stopped.record.data.checksum, dataset.checksum);
    assert(stopped.record.software.engine.startsWith("TensorFlow"));
    const { id, hyperparameters } = await readRecord(stopped.path);
    assertEquals(id, stopped.record.id);
    assert(id.includes("-resnet-8-shortcut-0.5-f-1-smoke-"), id);
    assertEquals(hyperparameters, stopped.record.hyperparameters);
    // Two steps were trained: they are a point.
    assertEquals(stopped.record.curves.train.map(({ step }) => step), [2]);
    // A run that was stopped is no result.
    assertEquals(await findRun(settings), undefined);
    stopped.model.dispose();
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("a record tells that its run went on elsewhere", async () => {
  const backend = await useBackend({ quiet: true });
  const directory = await Deno.makeTempDir({ dir: "data", prefix: ".part-" });
  try {
    const settings = {
      network: cifarResNet({ depth: 8 }),
      dataset: syntheticImages({ trainCount: 64, testCount: 20 }),
      preset: "smoke" as const,
      recipe: { steps: 6, batchSize: 4 },
      directory,
    };
    const part = async (device: string, steps: number) => {
      let asked = 0;
      const { record, model } = await labRun({
        ...settings,
        backend: { ...backend, device },
        checkpoints: { directory: `${directory}/run`, resume: true },
        stopRequested: () => asked++ >= steps,
      });
      model.dispose();
      return record;
    };
    assertEquals((await part("CPU, 2 cores", 2)).ranOn, undefined);
    assertEquals((await part("CPU, 2 cores", 2)).ranOn, undefined);
    const moved = await part("GPU", 100);
    assertEquals(moved.stoppedBy, "steps");
    const [here, there, ...others] = moved.ranOn!;
    assertMatch(here!, /^CPU, 2 cores( \(.+\))? with TensorFlow [\d.]+$/);
    assertEquals(there, `GPU with ${backend.engine}`);
    assertEquals(others, []);
    assertEquals(moved.hardware.device, "GPU");
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("parseDuration() reads seconds, minutes, hours and days", () => {
  const texts = ["90s", "10m", "1.5h", "2d"];
  assertEquals(texts.map(parseDuration), [90, 600, 5400, 172800]);
  for (const text of ["", "10", "0m", "-1s", "1 m", "m", "1m30s"]) {
    assertThrows(
      () => parseDuration(text),
      TypeError,
      `Expected a duration such as 90s, 10m, 1.5h or 2d but found "${text}"`,
    );
  }
});
