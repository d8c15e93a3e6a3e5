import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { imageNetResNet } from "../../lib/networks/imagenet.ts";
import type { Network } from "../../lib/networks/layer.ts";
import { vgg } from "../../lib/networks/vgg.ts";
import { checkStrides } from "../../lib/weights/check_origin.ts";
import { loadWeights } from "../../lib/weights/load_weights.ts";
import { openSafetensors } from "../../lib/weights/read_safetensors.ts";
import { saveWeights } from "../../lib/weights/save_weights.ts";
import { writeSafetensors } from "../../lib/weights/write_safetensors.ts";
import { inFolder } from "./in_folder.ts";
import { changedModel, readAll } from "./models.ts";
import { smallResidual, unit } from "./networks.ts";

await useBackend({ name: "tensorflow", quiet: true });

const TORCHVISION = { naming: "torchvision" } as const;

/** A network with a bottleneck that halves the image in one of two places. */
function halving(stride: "paper" | "v1.5"): Network {
  const [first, second] = stride === "paper" ? [2, 1] : [1, 2];
  const network = smallResidual();
  const layers = network.layers.map((layer) =>
    layer.kind === "sequence" && layer.name === "stage2"
      ? {
        ...layer,
        layers: [unit("unit1", [[2, 1, first], [2, 3, second], [5, 1]], [
          5,
          1,
          2,
        ])],
      }
      : layer
  );
  return { ...network, name: `halving ${stride}`, layers };
}

/** Runs a test with a file of one network's weights, without its metadata. */
async function withAnonymous(
  network: Network,
  test: (path: string) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const model = changedModel(network, 1);
    await saveWeights(model, path, { ...TORCHVISION, allowOtherNetwork: true });
    await writeSafetensors(path, (await readAll(path)).values());
    model.dispose();
    await test(path);
  });
}

Deno.test("checkStrides() knows the networks that torchvision has", () => {
  for (
    const network of [
      imageNetResNet({ depth: 18 }),
      imageNetResNet({ depth: 34 }),
      imageNetResNet({ depth: 50, stride: "v1.5" }),
      imageNetResNet({ depth: 101, stride: "v1.5" }),
      imageNetResNet({ depth: 152, stride: "v1.5" }),
      vgg({ depth: 16 }),
      vgg({ depth: 19 }),
    ]
  ) checkStrides(network);
  for (const depth of [50, 101, 152] as const) {
    assertThrows(
      () => checkStrides(imageNetResNet({ depth })),
      Error,
      `Expected stage2/unit1/conv1 of ResNet-${depth} to have stride 1, as in torchvision's network, but found 2: build it with stride: "v1.5" (allowOtherNetwork: true lets it pass)`,
    );
  }
});

Deno.test("loadWeights() refuses torchvision's weights for the paper's strides unless told", async () => {
  await withAnonymous(halving("v1.5"), async (path) => {
    const right = await loadWeights(halving("v1.5"), path, TORCHVISION);
    await assertRejects(
      () => loadWeights(halving("paper"), path, TORCHVISION),
      Error,
      "Expected stage2/unit1/conv1 of halving paper to have stride 1",
    );
    const other = await loadWeights(halving("paper"), path, {
      ...TORCHVISION,
      allowOtherNetwork: true,
    });
    assertEquals(await other.values(), await right.values());
    [right, other].forEach((model) => model.dispose());
  });
});

Deno.test("saveWeights() gives torchvision's names to its strides only unless told", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const model = changedModel(halving("paper"), 1);
    await assertRejects(
      () => saveWeights(model, path, TORCHVISION),
      Error,
      "Expected stage2/unit1/conv1 of halving paper to have stride 1",
    );
    await saveWeights(model, path, { ...TORCHVISION, allowOtherNetwork: true });
    // The file says what it is of.
    const same = await loadWeights(halving("paper"), path, TORCHVISION);
    assertEquals(await same.values(), await model.values());
    await assertRejects(
      () => loadWeights(halving("v1.5"), path, TORCHVISION),
      Error,
      `Expected ${path} to have weights of halving v1.5 but found those of "halving paper" (allowOtherNetwork: true lets it pass)`,
    );
    [model, same].forEach((one) => one.dispose());
  });
});

Deno.test("loadWeights() refuses a checkpoint of another network whose tensors fit", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const original = cifarResNet({ depth: 8 });
    const changed = cifarResNet({ depth: 8, activation: "reluBeforeAddition" });
    const model = changedModel(original, 1);
    await saveWeights(model, path);
    const before = changedModel(changed, 2);
    const values = await before.values();
    await assertRejects(
      () => loadWeights(before, path),
      Error,
      `Expected ${path} to have weights of ResNet-8, ReLU before addition but found those of "ResNet-8" (allowOtherNetwork: true lets it pass)`,
    );
    assertEquals(await before.values(), values);
    await loadWeights(before, path, { allowOtherNetwork: true });
    assertEquals(await before.values(), await model.values());
    [model, before].forEach((one) => one.dispose());
  });
});

Deno.test("loadWeights() refuses weights of a network of the same name", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const [paper, other] = (["paper", "v1.5"] as const)
      .map((stride) => ({ ...halving(stride), name: "halving" }));
    const model = changedModel(paper!, 1);
    await saveWeights(model, path);
    await assertRejects(
      () => loadWeights(other!, path),
      Error,
      `Expected ${path} to have weights of this halving but found those of one that is described otherwise (allowOtherNetwork: true lets it pass)`,
    );
    const [same, passed] = [
      await loadWeights(paper!, path),
      await loadWeights(other!, path, { allowOtherNetwork: true }),
    ];
    [model, same, passed].forEach((one) => one.dispose());
  });
});

Deno.test("loadWeights() takes a file from before there were descriptions", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const model = changedModel(halving("paper"), 1);
    await saveWeights(model, path);
    const metadata = new Map([["network", "halving paper"]]);
    const tensors = (await readAll(path)).values();
    await writeSafetensors(path, tensors, { metadata });
    const same = await loadWeights(halving("paper"), path);
    assertEquals(await same.values(), await model.values());
    [model, same].forEach((one) => one.dispose());
  });
});

Deno.test("loadWeights() takes a checkpoint that names no network", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const model = changedModel(halving("paper"), 1);
    await saveWeights(model, path);
    await writeSafetensors(path, (await readAll(path)).values());
    {
      using file = await openSafetensors(path);
      assertEquals(file.metadata.size, 0);
    }
    const same = await loadWeights(halving("paper"), path);
    assertEquals(await same.values(), await model.values());
    [model, same].forEach((one) => one.dispose());
  });
});
