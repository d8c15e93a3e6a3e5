import { assert, assertEquals, assertThrows } from "@std/assert";
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
