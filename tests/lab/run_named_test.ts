import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { join } from "@std/path";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { findRun, labRun, runChecksum } from "../../lib/lab/lab_run.ts";
import { recordDifference } from "../../lib/lab/record_difference.ts";
import { rerun, specOf } from "../../lib/lab/rerun.ts";
import { runNamed } from "../../lib/lab/run_named.ts";
import { cifarPlain } from "../../lib/networks/cifar.ts";
import { build } from "../../lib/networks/model.ts";
import { networkByName } from "../../lib/networks/network_by_name.ts";
import { listRecords } from "../../lib/records/list_records.ts";
import { parseRunSpec } from "../../lib/records/run_spec.ts";
import { writeRecord } from "../../lib/records/write_record.ts";

const backend = await useBackend({ name: "tensorflow", quiet: true });

const dataset = syntheticImages({ trainCount: 60, testCount: 20 });
const datasetOf = () => Promise.resolve(dataset);

const RUN = parseRunSpec({
  network: "resnet-8:shortcut=b",
  recipe: "cifar-r16",
  seed: 3,
  data: "synthetic",
  ...{ steps: 4, batchSize: 4, validationImages: 20 },
}, "the run");

const ONE_STEP = {
  ...{ dataset, backend, preset: "smoke" as const },
  network: "plain-8",
  recipe: { steps: 1, batchSize: 4 },
};

async function folders() {
  const directory = await Deno.makeTempDir();
  return {
    directory,
    checkpoints: join(directory, "checkpoints"),
    [Symbol.asyncDispose]: () => Deno.remove(directory, { recursive: true }),
  };
}

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
      `The same as ${record.id} up to step ${
        first!.step
      }, to the six digits that records keep; then this run was ended by its time budget`,
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

Deno.test("rerun() refuses a record that makes another run", async () => {
  await using folder = await folders();
  const { directory, checkpoints } = folder;
  const { record } = await runNamed(RUN, {
    ...{ dataset, backend, directory, checkpoints },
  });
  const { batchSize: _, ...run } = record.run!;
  const file = await writeRecord({ ...record, id: "changed", run }, directory);
  await assertRejects(
    () => rerun(file, { backend, directory, datasetOf }),
    Error,
    "Expected what changed says to make a run with its checksum sha256:",
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
