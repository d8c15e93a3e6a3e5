import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { labRun } from "../../lib/lab/lab_run.ts";
import { recordDifference } from "../../lib/lab/record_difference.ts";
import { rerun, specOf } from "../../lib/lab/rerun.ts";
import { runNamed } from "../../lib/lab/run_named.ts";
import { cifarPlain } from "../../lib/networks/cifar.ts";
import { networkByName } from "../../lib/networks/network_by_name.ts";
import { listRecords } from "../../lib/records/list_records.ts";
import type { Hardware } from "../../lib/records/schema.ts";
import { writeRecord } from "../../lib/records/write_record.ts";
import { backend, dataset, datasetOf, folders, RUN } from "./small_runs.ts";

Deno.test("rerun() finds a record's run again, and what is not the same", async () => {
  await using folder = await folders();
  const { directory, checkpoints } = folder;
  const { record, path } = await runNamed(RUN, {
    ...{ dataset, backend, directory, checkpoints },
  });
  const options = { backend, directory, datasetOf };
  const same = await rerun(path!, options);
  assertEquals(same.same, true, same.lines.join("\n"));
  assertEquals(same.record.curves.train.length, 4);
  // Someone else's, whose numbers came out otherwise.
  const [first, ...rest] = record.curves.train;
  const theirs = {
    ...record,
    id: "theirs",
    curves: {
      ...record.curves,
      train: [{ ...first!, loss: first!.loss + 0.5 }, ...rest],
    },
    hardware: { ...record.hardware, cpu: "another CPU" },
  };
  const file = await writeRecord(theirs, directory);
  const { same: equal, lines } = await rerun(file, options);
  assertEquals(equal, false);
  assertEquals(lines[0], "Not the same as theirs:");
  assert(lines[1]!.includes("training curve: from step 1 on; loss by 0.500"));
  assertEquals(lines[2], "What may be why:");
  assert(lines[3]!.startsWith("  hardware cpu: another CPU, now "), lines[3]);
  // What an older record does not say of the machine is no difference.
  const { instructions: _, ...unsaid } = record.hardware;
  const conditions = (before: Hardware) =>
    recordDifference(
      { ...theirs, hardware: before },
      { ...record, hardware: { ...unsaid, instructions: "AVX2" } },
    ).lines.slice(2);
  assertEquals(conditions(unsaid), ["Machine and versions are the same"]);
  assertEquals(conditions({ ...unsaid, instructions: "NEON" }), [
    "What may be why:",
    "  hardware instructions: NEON, now AVX2",
  ]);
  // A run that a budget ended is compared as far as it went.
  const stopped = (loss: number) =>
    recordDifference(record, {
      ...record,
      stoppedBy: "time budget",
      curves: { train: [{ ...first!, loss }], test: [] },
    });
  assertEquals(stopped(first!.loss), {
    same: true,
    lines: [
      `The same as ${record.id}, to the six digits that records keep: curves up to step ${
        first!.step
      }; then this run was ended by its time budget`,
    ],
  });
  assertEquals(stopped(first!.loss + 0.5).same, false);
  // Other images are no place to repeat a run.
  const others = syntheticImages({ trainCount: 60, testCount: 20, seed: 1 });
  await assertRejects(
    () =>
      rerun(path!, { ...options, datasetOf: () => Promise.resolve(others) }),
    Error,
    "Expected the images of",
  );
});

Deno.test("specOf() reads records from before networks had names", async () => {
  const records = await listRecords();
  // Others, such as a reader's own, may be of networks that have no name.
  const old = records.filter(({ run, preset }) =>
    run === undefined && preset === "study"
  );
  for (const record of old) {
    const { network } = specOf(record);
    assertEquals(networkByName(network).name, record.network.name);
  }
  assert(old.length > 0);
});

Deno.test("specOf() refuses a run that went on from another", async () => {
  const [record] = await listRecords();
  assertThrows(
    () => specOf({ ...record!, startedFrom: "a given network" }),
    Error,
    "went on from a given network",
  );
});

Deno.test("rerun() repeats a run whose network was made by hand", async () => {
  await using folder = await folders();
  const { directory } = folder;
  const { path, record, model } = await labRun({
    ...{ dataset, backend, directory, preset: "smoke", seed: 5 },
    network: cifarPlain({ depth: 8 }),
    recipeName: "cifar-r16",
    recipe: {
      ...{ steps: 4, batchSize: 4, augmentation: "none" },
      ...{ validationImages: 20, initialiser: "xavier" },
      learningRate: 0.1 / 3,
      precision: "bfloat16-emulated",
    },
  });
  model.dispose();
  assertEquals(record.run, undefined);
  const again = await rerun(path, { backend, directory, datasetOf });
  assertEquals(again.same, true, again.lines.join("\n"));
  assertEquals(again.record.hyperparameters, record.hyperparameters);
  assertEquals(again.record.identity, record.identity);
  assert(again.record.id.includes("-smoke-custom-"), again.record.id);
});

Deno.test("rerun() repeats a run whose preset has other settings today", async () => {
  await using folder = await folders();
  const { directory, checkpoints } = folder;
  const { record } = await runNamed(RUN, {
    ...{ dataset, backend, directory, checkpoints },
  });
  // As if the preset had set them when the run was made.
  const { batchSize: _, steps: __, ...run } = record.run!;
  const file = await writeRecord({ ...record, id: "older", run }, directory);
  const again = await rerun(file, { backend, directory, datasetOf });
  assertEquals(again.same, true, again.lines.join("\n"));
  assertEquals(again.record.hyperparameters, record.hyperparameters);
});

Deno.test("rerun() refuses a record that makes another run", async () => {
  await using folder = await folders();
  const { directory, checkpoints } = folder;
  const { record } = await runNamed(RUN, {
    ...{ dataset, backend, directory, checkpoints },
  });
  const run = { ...record.run!, seed: 4 };
  const file = await writeRecord({ ...record, id: "changed", run }, directory);
  await assertRejects(
    () => rerun(file, { backend, directory, datasetOf }),
    Error,
    "Expected what changed says to make a run with its checksum sha256:",
  );
});
