import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { jsonChecksum } from "../../lib/data/json_checksum.ts";
import { build } from "../../lib/networks/model.ts";
import { loadWeights } from "../../lib/weights/load_weights.ts";
import { openSafetensors } from "../../lib/weights/read_safetensors.ts";
import { saveWeights } from "../../lib/weights/save_weights.ts";
import { inFolder } from "./in_folder.ts";
import {
  changedModel,
  readAll,
  referencePath,
  REFERENCES,
  TORCHVISION,
} from "./models.ts";
import { smallResidual, smallVgg } from "./networks.ts";

await useBackend({ name: "tensorflow", quiet: true });

for (const [name, network] of REFERENCES) {
  Deno.test(`saveWeights() writes what PyTorch wrote (${name})`, async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "a.safetensors");
      const model = await loadWeights(
        network,
        referencePath(name),
        TORCHVISION,
      );
      await saveWeights(model, path, {
        naming: "torchvision",
        batchesTracked: true,
        allowOtherNetwork: true,
      });
      const expected = await readAll(referencePath(name));
      expected.delete("input");
      expected.delete("logits");
      assertEquals(await readAll(path), expected);
      const same = await loadWeights(network, path, { naming: "torchvision" });
      assertEquals(await same.values(), await model.values());
      [model, same].forEach((used) => used.dispose());
    });
  });
}

Deno.test("saveWeights() writes the values of the moment of the call", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const model = changedModel(smallVgg(), 0);
    const values = await model.values();
    const saving = saveWeights(model, path);
    model.variables.forEach((variable) =>
      variable.assign(tf.zerosLike(variable))
    );
    await saving;
    const saved = await loadWeights(smallVgg(), path);
    assertEquals(await saved.values(), values);
    [model, saved].forEach((one) => one.dispose());
  });
});

Deno.test("saveWeights() writes the same bytes for the same weights", async () => {
  await inFolder(async (folder) => {
    const [first, second] = ["a", "b"].map((name) => join(folder, name));
    const model = build(smallVgg(), { seed: 3 });
    await saveWeights(model, first!);
    await saveWeights(await loadWeights(smallVgg(), first!), second!);
    assertEquals(await Deno.readFile(first!), await Deno.readFile(second!));
    model.dispose();
  });
});

Deno.test("saveWeights() leaves PyTorch's counters out unless asked", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const model = build(smallResidual(), { seed: 0 });
    await saveWeights(model, path, {
      naming: "torchvision",
      allowOtherNetwork: true,
    });
    using file = await openSafetensors(path);
    assertEquals(file.tensors.size, model.specs.length);
    assertEquals([...file.metadata], [
      ["format", "pt"],
      ["network", "small residual"],
      ["network_sha256", jsonChecksum(model.network)],
    ]);
    model.dispose();
  });
});
