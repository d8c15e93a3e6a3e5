import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
} from "@std/assert";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { compareNetworks, trainedModel } from "../../lib/lab/compare.ts";
import { findRun } from "../../lib/lab/lab_run.ts";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { identitySolution } from "../../lib/networks/identity_solution.ts";
import { initialise } from "../../lib/networks/initialise.ts";
import { build } from "../../lib/networks/model.ts";
import { listRecords } from "../../lib/records/list_records.ts";

const backend = await useBackend({ name: "tensorflow", quiet: true });

const dataset = syntheticImages({ trainCount: 64, testCount: 20 });

const plain = cifarPlain({ depth: 8 });
const residual = cifarResNet({ depth: 8 });

/** Settings of runs of a second or so, with records in a folder of their own. */
async function settings() {
  const directory = await Deno.makeTempDir({ dir: "data", prefix: ".part-" });
  return {
    dataset,
    preset: "smoke" as const,
    backend,
    directory,
    recipe: { steps: 6, batchSize: 8, learningRate: 0.05 },
    [Symbol.asyncDispose]: () => Deno.remove(directory, { recursive: true }),
  };
}

Deno.test("compareNetworks() trains by another recipe, and its records say so", async () => {
  await using options = await settings();
  const { directory, recipe } = options;
  const runs = await compareNetworks([plain, residual], options);
  assertEquals(runs.map(({ name }) => name), ["plain-8", "ResNet-8"]);
  for (const { record } of runs) {
    assertEquals(record.preset, "custom");
    assertEquals(record.startedFrom, undefined);
    const { steps, batchSize, learningRate, schedule } = record.hyperparameters;
    assertEquals({ steps, batchSize, learningRate }, recipe);
    assertEquals(schedule.map(({ step }) => step), [3, 5]);
    // A point of each sixth of the steps, as smoke has.
    assertEquals(record.curves.test.map(({ step }) => step), [
      1,
      2,
      3,
      4,
      5,
      6,
    ]);
    assertStringIncludes(record.id, "-smoke-custom-seed0-");
  }
  const named = {
    network: plain,
    dataset,
    preset: "smoke" as const,
    directory,
  };
  assertEquals((await findRun({ ...named, recipe }))?.id, runs[0]!.record.id);
  // It is not taken for a run of the preset, nor of yet another recipe.
  assertEquals(await findRun(named), undefined);
  const other = { ...recipe, learningRate: 0.1 };
  assertEquals(await findRun({ ...named, recipe: other }), undefined);
  runs.forEach(({ model }) => model!.dispose());
});

Deno.test("compareNetworks() replaces no record", async () => {
  await using options = await settings();
  const recipe = { ...options.recipe, steps: 1 };
  const ids: string[] = [];
  for (let run = 0; run < 3; run++) {
    const [one] = await compareNetworks([plain], {
      ...options,
      recipe,
      retrain: true,
    });
    ids.push(one!.record.id);
    one!.model!.dispose();
  }
  const kept = await listRecords(options.directory);
  assertEquals(kept.map(({ id }) => id).toSorted(), ids.toSorted());
  assertEquals(new Set(ids).size, 3);
});

Deno.test("compareNetworks() keeps what went to its end, and begins the rest anew", async () => {
  await using options = await settings();
  const recipe = { ...options.recipe, steps: 3, learningRate: 1e30 };
  // At this rate no run goes to its end.
  const calm = { ...options, recipe: { ...recipe, learningRate: 0.05 } };
  const [first] = await compareNetworks([plain], calm);
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => lines.push(line);
  const again = await compareNetworks([plain, residual], calm)
    .finally(() => console.log = log);
  assertStrictEquals(again[0], first);
  assertStringIncludes(lines[0]!, "plain-8: 3 steps, kept as trained here at");
  assertStringIncludes(lines[1]!, "ResNet-8: 3 steps in ");
  assertEquals((await listRecords(options.directory)).length, 2);
  // Other settings are another run, and so is one whose network is gone.
  const [other] = await compareNetworks([plain], { ...calm, seed: 1 });
  assertNotEquals(other!.record.id, first!.record.id);
  first!.model!.dispose();
  const [anew] = await compareNetworks([plain], calm);
  assertNotEquals(anew!.record.id, first!.record.id);
  assert(await anew!.model!.values());
  for (const wild of [1, 2]) {
    const [ended] = await compareNetworks([plain], { ...options, recipe });
    assertEquals(ended!.record.stoppedBy, "not a finite number");
    assertEquals((await listRecords(options.directory)).length, 4 + wild);
    ended!.model!.dispose();
  }
  [again[1]!, other!, anew!].forEach(({ model }) => model!.dispose());
});

Deno.test("compareNetworks() goes on from given networks", async () => {
  await using options = await settings();
  const shallow = build(plain, { seed: 0 });
  const deeper = cifarPlain({ depth: 14 });
  const constructed = await identitySolution(shallow, deeper);
  const values = await constructed.values();
  const still = { ...options.recipe, learningRate: 1e-30, steps: 1 };
  const [on, fresh] = await compareNetworks([deeper, residual], {
    ...options,
    recipe: still,
    from: [constructed],
  });
  assertEquals(await constructed.values(), values);
  for (const [name, value] of await on!.model!.values()) {
    if (name.includes("running")) continue; // these follow the mini-batch
    const given = values.get(name)!;
    assert(value.every((x, i) => Math.abs(x - given[i]!) < 1e-20), name);
  }
  assertEquals(on!.record.startedFrom, "a given network");
  assertStringIncludes(on!.record.network.description, "given values");
  assertEquals(fresh!.record.startedFrom, undefined);
  assertStringIncludes(fresh!.record.network.description, "He initialisation");
  // A run that went on from another is no run of this network by this recipe.
  const found = await findRun({ ...options, network: deeper, recipe: still });
  assertEquals(found, undefined);
  [shallow, constructed, on!.model!, fresh!.model!].forEach((model) =>
    model.dispose()
  );
});

Deno.test("compareNetworks() refuses to go on from a network it does not train", async () => {
  await using options = await settings();
  const model = build(plain, { seed: 0 });
  await assertRejects(
    () => compareNetworks([residual], { ...options, from: [model] }),
    Error,
    "to be among ResNet-8 but found plain-8",
  );
  model.dispose();
});

Deno.test("trainedModel() gives a run's network, and says where there is none", async () => {
  await using options = await settings();
  const [run] = await compareNetworks([plain], {
    ...options,
    recipe: { ...options.recipe, steps: 1 },
  });
  assertEquals(await trainedModel([run!], plain, options), run!.model!);
  await assertRejects(
    () => trainedModel([run!], residual, options),
    Error,
    "Expected a run of ResNet-8 but found plain-8",
  );
  run!.model!.dispose();
});

Deno.test("trainedModel() trains once what a lab record has no weights of", async () => {
  await using options = await settings();
  const [run] = await compareNetworks([plain], {
    ...options,
    recipe: { ...options.recipe, steps: 1 },
  });
  run!.model!.dispose();
  const loaded = { ...run!, model: undefined };
  // Whatever the preset of the run, it is a short one that is trained.
  const study = { ...options, preset: "study" as const };
  const model = await trainedModel([loaded], plain, study);
  const values = await model.values();
  assertNotEquals(
    values.get("conv/kernel"),
    initialise(plain, { seed: 0 }).get("conv/kernel"),
  );
  assertEquals(await trainedModel([loaded], plain, options), model);
  const kept = await listRecords(options.directory);
  assertEquals(kept.length, 2);
  assert(kept.every(({ id }) => id.includes("-smoke-")));
  model.dispose();
});
