import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { imageNetPlain, imageNetResNet } from "../../lib/networks/imagenet.ts";
import type { Network } from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import { narrower } from "../../lib/networks/narrower.ts";
import { vgg } from "../../lib/networks/vgg.ts";
import { checkTorchvisionNetwork } from "../../lib/weights/check_torchvision_network.ts";
import { openSafetensors } from "../../lib/weights/read_safetensors.ts";
import { saveWeights } from "../../lib/weights/save_weights.ts";
import { filesIn, inFolder } from "./in_folder.ts";

await useBackend({ name: "tensorflow", quiet: true });

const THEIRS =
  "(ResNet-18, ResNet-34, ResNet-50 v1.5, ResNet-101 v1.5, ResNet-152 v1.5, VGG-16, VGG-19)";

Deno.test("checkTorchvisionNetwork() takes those that torchvision has", () => {
  const v1p5 = { stride: "v1.5" } as const;
  for (
    const network of [
      imageNetResNet({ depth: 18 }),
      imageNetResNet({ depth: 18, imageSize: 64, classes: 10 }),
      imageNetResNet({ depth: 34 }),
      imageNetResNet({ depth: 50, ...v1p5, classes: 1 }),
      imageNetResNet({ depth: 101, ...v1p5 }),
      imageNetResNet({ depth: 152, ...v1p5, imageSize: 33 }),
      vgg({ depth: 16 }),
      vgg({ depth: 19, classes: 7 }),
      { ...imageNetResNet({ depth: 18 }), name: "mine" },
    ]
  ) checkTorchvisionNetwork(network);
});

Deno.test("checkTorchvisionNetwork() names the layer that torchvision's have not", () => {
  const resNet18 = imageNetResNet({ depth: 18 });
  const cases: [Network, found: string][] = [
    // 3x3 and 16 filters, for 7x7 and 64.
    [cifarResNet({ depth: 8 }), "conv in it"],
    // Shortcuts that change dimensions have convolutions.
    [
      imageNetResNet({ depth: 18, shortcut: "A" }),
      "stage2/unit1/shortcut in it",
    ],
    [
      imageNetResNet({ depth: 18, shortcut: "C" }),
      "stage1/unit1/projection in it",
    ],
    [imageNetPlain({ depth: 34 }), "stage2/unit1/relu2 in it"],
    // Strides on 1x1 convolutions, the first of which reads the first stage.
    [imageNetResNet({ depth: 50 }), "stage2/unit1/conv1 in it"],
    // Eight units in the second stage as of ResNet-152, and then a ninth.
    [
      imageNetResNet({ depth: 200, stride: "v1.5" }),
      "stage2/unit9/conv1 in it",
    ],
    [narrower(resNet18, 2), "conv in it"],
    // 2x2 pixels in place of 7x7.
    [vgg({ depth: 16, imageSize: 64 }), "fc1 in it"],
    [
      { ...resNet18, layers: resNet18.layers.slice(0, -1) },
      "that it ends before they do",
    ],
  ];
  for (const [network, found] of cases) {
    const error = assertThrows(() => checkTorchvisionNetwork(network), Error);
    assertEquals(
      error.message,
      `Expected ${network.name} to be a network of torchvision's ${THEIRS} but found ${found} (allowOtherNetwork: true lets it pass)`,
    );
  }
});

Deno.test("saveWeights() gives torchvision's names to a network for CIFAR only if told", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const model = build(cifarResNet({ depth: 8 }), { seed: 0 });
    const options = { naming: "torchvision" } as const;
    await assertRejects(
      () => saveWeights(model, path, options),
      Error,
      "Expected ResNet-8 to be a network of torchvision's",
    );
    assertEquals(await filesIn(folder), []);
    await saveWeights(model, path, { ...options, allowOtherNetwork: true });
    using file = await openSafetensors(path);
    assertEquals(file.tensors.get("conv1.weight")?.shape, [16, 3, 3, 3]);
    model.dispose();
  });
});
