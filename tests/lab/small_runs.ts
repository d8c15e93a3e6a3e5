import { join } from "@std/path";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { syntheticImages } from "../../lib/data/synthetic.ts";
import { parseRunSpec } from "../../lib/records/run_spec.ts";

export const backend = await useBackend({ name: "tensorflow", quiet: true });

export const dataset = syntheticImages({ trainCount: 60, testCount: 20 });
export const datasetOf = () => Promise.resolve(dataset);

export const RUN = parseRunSpec({
  network: "resnet-8:shortcut=b",
  recipe: "cifar-r16",
  seed: 3,
  data: "synthetic",
  ...{ steps: 4, batchSize: 4, validationImages: 20 },
}, "the run");

export const ONE_STEP = {
  ...{ dataset, backend, preset: "smoke" as const },
  network: "plain-8",
  recipe: { steps: 1, batchSize: 4 },
};

export async function folders() {
  const directory = await Deno.makeTempDir();
  return {
    directory,
    checkpoints: join(directory, "checkpoints"),
    [Symbol.asyncDispose]: () => Deno.remove(directory, { recursive: true }),
  };
}
