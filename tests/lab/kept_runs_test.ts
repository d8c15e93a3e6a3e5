import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertStrictEquals } from "@std/assert";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import type { ComparedRun } from "../../lib/lab/compare.ts";
import { keepRun, keptRun } from "../../lib/lab/kept_runs.ts";
import { cifarPlain } from "../../lib/networks/cifar.ts";
import { sampleRecord } from "../records/sample_record.ts";

Deno.test("keptRun() is of the same recipe, on the same backend", async () => {
  await useBackend({ name: "tensorflow", quiet: true });
  const settings = {
    network: cifarPlain({ depth: 8 }),
    dataset: syntheticImages({ trainCount: 4, testCount: 4 }),
    preset: "study" as const,
  };
  const record = sampleRecord();
  const { curves } = record;
  const run: ComparedRun = { name: "a", curves, record, model: undefined };
  keepRun(settings, run);
  assertStrictEquals(keptRun({ ...settings, recipeName: "cifar" }), run);
  assertEquals(keptRun({ ...settings, recipeName: "cifar-r16" }), undefined);
  await tf.setBackend("cpu");
  assertEquals(keptRun(settings), undefined);
  await tf.setBackend("tensorflow");
  assertStrictEquals(keptRun(settings), run);
});
