import { assertEquals, assertRejects } from "@std/assert";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { datasetLoader } from "../../lib/lab/dataset_loader.ts";

Deno.test("datasetLoader() loads a data set once, and tries anew what failed", async () => {
  const dataset = syntheticImages({ trainCount: 2, testCount: 2 });
  const asked: string[] = [];
  const load = datasetLoader((name) => {
    asked.push(name);
    return asked.length === 1
      ? Promise.reject(new Error("Refused"))
      : Promise.resolve(dataset);
  });
  await assertRejects(() => load("cifar10"), Error, "Refused");
  assertEquals(await load("cifar10"), dataset);
  assertEquals(await load("cifar10"), dataset);
  assertEquals(asked, ["cifar10", "cifar10"]);
  await assertRejects(() => load("cifra10"), TypeError, "but found cifra10");
});
