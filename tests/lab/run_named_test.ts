import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { join } from "@std/path";
import { findRun, labRun, runChecksum } from "../../lib/lab/lab_run.ts";
import { specOf } from "../../lib/lab/rerun.ts";
import { runNamed } from "../../lib/lab/run_named.ts";
import { build } from "../../lib/networks/model.ts";
import { networkByName } from "../../lib/networks/network_by_name.ts";
import { listRecords } from "../../lib/records/list_records.ts";
import { writeRecord } from "../../lib/records/write_record.ts";
import { backend, dataset, folders, ONE_STEP, RUN } from "./small_runs.ts";

Deno.test("runNamed() leaves a record that says what makes it again", async () => {
  await using folder = await folders();
  const { directory, checkpoints } = folder;
  const options = { dataset, backend, directory, checkpoints };
  const { record, path } = await runNamed(RUN, options);
  assert(path !== undefined);
  assertEquals(record.run, {
    ...RUN,
    network: "cifar-resnet-8:shortcut=B",
  });
  assertEquals(record.preset, "custom");
  assertEquals(record.data.trainImages, 40);
  assertEquals(record.data.validationImages, 20);
  assertEquals(record.hyperparameters.validationImages, 20);
  const lowest = Math.min(
    ...record.curves.validation!.map(({ error }) => error),
  );
  assertEquals(record.best?.validationError, lowest);
  assert(record.best?.chosenOn.includes("20 images set aside"));
  // What was done is not done again, and leaves no second record.
  const again = await runNamed(RUN, { ...options, resume: true });
  assertEquals(again.path, undefined);
  assertEquals(again.record.id, record.id);
  assertEquals((await listRecords(directory)).length, 1);
  // Another seed is another run.
  const other = await runNamed({ ...RUN, seed: 4 }, {
    ...options,
    ...{ resume: true, checkpoints: join(directory, "others") },
  });
  assertNotEquals(other.record.identity, record.identity);
});

Deno.test("a run that is stopped and gone on with has one record", async () => {
  await using folder = await folders();
  const { directory, checkpoints } = folder;
  const options = { dataset, backend, directory, checkpoints };
  let asked = 0;
  const stopped = await runNamed(RUN, {
    ...options,
    stopRequested: () => asked++ >= 2,
  });
  assertEquals(stopped.record.stoppedBy, "user");
  const notes = ["on a ferry"];
  await writeRecord({ ...stopped.record, notes }, directory);
  const { record, path } = await runNamed(RUN, { ...options, resume: true });
  assertEquals(path, stopped.path);
  const ids = (await listRecords(directory)).map(({ id }) => id);
  assertEquals(ids, [record.id]);
  assertEquals([record.stoppedBy, record.notes], ["steps", notes]);
  assertEquals(record.curves.train.length, 4);
  assert(record.createdAt > stopped.record.createdAt);
});

Deno.test("a run that is whole gets a record with the time of its steps", async () => {
  await using folder = await folders();
  const { directory, checkpoints } = folder;
  const options = { dataset, backend, directory, checkpoints };
  const { record, path } = await runNamed(RUN, options);
  // Killed between its last checkpoint and its record.
  await Deno.remove(path!);
  const late = await runNamed(RUN, { ...options, resume: true });
  assertEquals(late.record.curves, record.curves);
  assertEquals(late.record.best, record.best);
  assert(late.record.millisecondsPerStep > 0);
});

Deno.test("two runs that end at once have a record each", async () => {
  await using folder = await folders();
  const { directory } = folder;
  const settings = { ...ONE_STEP, directory };
  const runs = await Promise.all([labRun(settings), labRun(settings)]);
  runs.forEach(({ model }) => model.dispose());
  assertEquals(new Set(runs.map(({ path }) => path)).size, 2);
  assertEquals((await listRecords(directory)).length, 2);
});

Deno.test("findRun() leaves out what is no record", async () => {
  await using folder = await folders();
  const { directory } = folder;
  const settings = { ...ONE_STEP, directory };
  const { model, record } = await labRun(settings);
  model.dispose();
  await Deno.writeTextFile(join(directory, "notes.json"), "{}");
  await Deno.writeTextFile(join(directory, "cut.json"), "{");
  assertEquals((await findRun(settings))?.id, record.id);
});

Deno.test("a record names its data set as it was asked for, or not at all", async () => {
  await using folder = await folders();
  const { directory } = folder;
  const run = { ...RUN, network: "highway-1:units=2", steps: 1 };
  const dataOf = async (name: string, data: string) => {
    const images = { ...dataset, name };
    const { record } = await runNamed({ ...run, data }, {
      ...{ dataset: images, backend, directory },
      checkpoints: await Deno.makeTempDir({ dir: directory }),
    });
    return record;
  };
  const cats = await dataOf("cats", "folder:pictures/cats");
  assertEquals(cats.run?.data, "folder:pictures/cats");
  assertEquals((await dataOf("CIFAR-10", "auto")).run?.data, "cifar10");
  const coarse = await dataOf("CIFAR-100 coarse", "auto");
  assertEquals(coarse.run, undefined);
  assertThrows(
    () => specOf(coarse),
    Error,
    "to be one that a name loads but found CIFAR-100 coarse",
  );
});

Deno.test("runChecksum() is another one for another start", async () => {
  await using folder = await folders();
  const { directory } = folder;
  const network = networkByName("plain-8");
  const settings = {
    ...{ network, dataset, backend, directory },
    preset: "smoke" as const,
    recipe: { steps: 1, batchSize: 4 },
  };
  const identities = new Set([await runChecksum(settings)]);
  for (const seed of [1, 2, 1]) {
    const model = build(network, { seed });
    const run = await labRun({ ...settings, model });
    identities.add(run.record.identity!);
    [model, run.model].forEach((one) => one.dispose());
  }
  // None given, and two that differ.
  assertEquals(identities.size, 3);
  const names = ["plain-8", "cifar-plain-8"].map((name) =>
    runChecksum({ ...settings, network: name })
  );
  assertEquals(new Set(await Promise.all(names)).size, 1);
});

Deno.test("runNamed() refuses images of another size than the network's", async () => {
  const vgg = { ...RUN, network: "vgg-16" };
  await assertRejects(
    () => runNamed(vgg, { dataset, backend }),
    Error,
    "Expected images of 224x224x3 for VGG-16 but found 32x32x3 in synthetic",
  );
});
