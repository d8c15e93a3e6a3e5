import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../lib/backends/jit.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { jsonChecksum } from "../../lib/data/json_checksum.ts";
import { build, type Model } from "../../lib/networks/model.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { loadWeights } from "../../lib/weights/load_weights.ts";
import { openSafetensors } from "../../lib/weights/read_safetensors.ts";
import { saveWeights } from "../../lib/weights/save_weights.ts";
import type { WeightNaming } from "../../lib/weights/stored_form.ts";
import {
  float32Tensor,
  type StoredTensor,
} from "../../lib/weights/stored_tensor.ts";
import { toFloat32 } from "../../lib/weights/to_float32.ts";
import { writeSafetensors } from "../../lib/weights/write_safetensors.ts";
import { filesIn, inFolder } from "./in_folder.ts";
import {
  changedModel,
  readAll,
  referencePath,
  REFERENCES,
  TORCHVISION,
} from "./models.ts";
import { smallVgg } from "./networks.ts";

await useBackend({ name: "tensorflow", quiet: true });

type Shape4 = [number, number, number, number];

for (const [name, network] of REFERENCES) {
  Deno.test(`loadWeights() gives a network of PyTorch's (${name}) its logits`, async () => {
    const path = referencePath(name);
    const stored = await readAll(path);
    const input = stored.get("input")!;
    const images = tf.tidy(() => {
      const planes = tf.tensor4d(toFloat32(input), [...input.shape] as Shape4);
      return tf.transpose<tf.Tensor4D>(planes, [0, 2, 3, 1]);
    });
    const model = await loadWeights(network, path, TORCHVISION);
    const logits = model.logits(images);
    const expected = toFloat32(stored.get("logits")!);
    const found = await logits.data();
    assertEquals(found.length, expected.length);
    found.forEach((value, i) => {
      assert(Math.abs(value - expected[i]!) < 1e-5, `${found} ${expected}`);
    });
    [images, logits, model].forEach((used) => used.dispose());
  });
}

Deno.test("loadWeights() gives a running model the values of a checkpoint", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const network = cifarResNet({ depth: 8 });
    const trained = changedModel(network, 1);
    const metadata = new Map([["step", "64000"]]);
    await saveWeights(trained, path, { metadata });
    const names = trained.specs.map(({ name }) => name).sort();
    {
      using file = await openSafetensors(path);
      assertEquals([...file.tensors.keys()], names);
      assertEquals([...file.metadata], [
        ["network", "ResNet-8"],
        ["network_sha256", jsonChecksum(network)],
        ["step", "64000"],
      ]);
    }
    const other = build(network, { seed: 2 });
    const kept = other.tensor("conv/kernel");
    const before = tf.memory().numTensors;
    assertEquals(await loadWeights(other, path), other);
    assertEquals(tf.memory().numTensors, before);
    assertEquals(other.tensor("conv/kernel"), kept);
    assertEquals(await other.values(), await trained.values());
    assertEquals(await filesIn(folder), ["a.safetensors"]);
    [trained, other].forEach((used) => used.dispose());
  });
});

Deno.test("loadWeights() is seen by a step that was traced before", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const [model, trained] = [0, 1].map((seed) =>
      changedModel(smallVgg(), seed)
    ) as [Model, Model];
    await saveWeights(trained, path);
    const images = tf.randomNormal([2, 8, 4, 3], 0, 1, "float32", 5);
    const step = jit(() => {
      const bias = model.tensor("fc3/bias");
      const logits = model.logits(images as tf.Tensor4D);
      bias.assign(tf.add(bias, 1));
      return [logits];
    });
    tf.dispose([...await step()]);
    await loadWeights(model, path);
    const [logits] = await step();
    const expected = trained.logits(images as tf.Tensor4D);
    assertEquals(await logits.data(), await expected.data());
    const before = await trained.tensor("fc3/bias").data();
    const after = await model.tensor("fc3/bias").data();
    assertEquals(after, before.map((value) => Math.fround(value + 1)));
    step.dispose();
    [model, trained, images, logits, expected].forEach((one) => one.dispose());
  });
});

/** What is wrong with the tensors of a checkpoint, and its error. */
const WRONG: [
  string,
  (tensors: Map<string, StoredTensor>) => void,
  string,
][] = [
  [
    "a tensor missing",
    (tensors) => tensors.delete("stage1/conv2/bias"),
    'Expected FILE to have tensor "stage1/conv2/bias" of shape [3], for stage1/conv2/bias of small VGG, but found none',
  ],
  [
    "a tensor misshapen",
    (tensors) =>
      tensors.set(
        "fc3/kernel",
        float32Tensor("fc3/kernel", [4, 6], new Float32Array(24)),
      ),
    'Expected tensor "fc3/kernel" of FILE to have shape [6, 4], for fc3/kernel of small VGG, but found [4, 6]',
  ],
  [
    "a tensor of whole numbers",
    (tensors) =>
      tensors.set("fc3/bias", {
        ...float32Tensor("fc3/bias", [4], new Float32Array(4)),
        dtype: "I32",
      }),
    'Expected tensor "fc3/bias" of FILE to have a dtype of F64, F32, BF16, F16, for fc3/bias of small VGG, but found I32',
  ],
  [
    "a tensor too many",
    (tensors) =>
      tensors.set("more", float32Tensor("more", [1], new Float32Array(1))),
    'Expected FILE to have tensors of small VGG only but found "more" of shape [1] (allowExtra: true leaves them out)',
  ],
  [
    "several tensors too many",
    (tensors) =>
      ["__more", "num_batches_tracked"].forEach((name) =>
        tensors.set(name, float32Tensor(name, [], new Float32Array(1)))
      ),
    'Expected FILE to have tensors of small VGG only but found "__more" of shape [] and 1 more (allowExtra: true leaves them out)',
  ],
];

for (const [what, change, expected] of WRONG) {
  Deno.test(`loadWeights() changes nothing for a file with ${what}`, async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "a.safetensors");
      const model = build(smallVgg(), { seed: 0 });
      const before = await model.values();
      const trained = changedModel(smallVgg(), 1);
      await saveWeights(trained, path);
      const tensors = await readAll(path);
      change(tensors);
      await writeSafetensors(path, tensors.values());
      const tensorCount = tf.memory().numTensors;
      const error = await assertRejects(
        () => loadWeights(model, path),
      ) as Error;
      assertEquals(error.message.replaceAll(path, "FILE"), expected);
      assertEquals(await model.values(), before);
      assertEquals(tf.memory().numTensors, tensorCount);
      [model, trained].forEach((used) => used.dispose());
    });
  });
}

Deno.test("loadWeights() names the other naming if the file's names look so", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const model = build(smallVgg(), { seed: 0 });
    for (
      const [naming, wrong] of [
        ["project", "torchvision"],
        ["torchvision", "project"],
      ] as const
    ) {
      await saveWeights(model, path, { naming, allowOtherNetwork: true });
      await assertRejects(
        () => loadWeights(model, path, { naming: wrong }),
        Error,
        `but found none (its names look like those of naming: "${naming}")`,
      );
    }
    model.dispose();
  });
});

Deno.test("loadWeights() reads weights of 16 and of 64 bits", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const model = changedModel(smallVgg(), 0);
    const values = await model.values();
    const rounded = new Map(
      [...values].map(([name, array]) => [
        name,
        new Float32Array(new Float16Array(array)),
      ]),
    );
    for (
      const [dtype, Values, expected] of [
        ["F16", Float16Array, rounded],
        ["F64", Float64Array, values],
      ] as const
    ) {
      const tensors = model.specs.map(({ name, shape }) => ({
        name,
        dtype,
        shape,
        bytes: new Uint8Array(new Values(values.get(name)!).buffer),
      }));
      await writeSafetensors(path, tensors);
      const loaded = await loadWeights(smallVgg(), path);
      assertEquals(await loaded.values(), expected);
      loaded.dispose();
    }
    model.dispose();
  });
});

Deno.test("loadWeights() and saveWeights() refuse a naming that there is not", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors");
    const model = build(smallVgg(), { seed: 0 });
    await saveWeights(model, path);
    for (const naming of ["pytorch", "toString", null]) {
      const options = { naming: naming as WeightNaming };
      const expected =
        `Expected naming to be one of "project", "torchvision" but found ${
          naming === null ? naming : `"${naming}"`
        }`;
      await assertRejects(
        () => loadWeights(smallVgg(), path, options),
        RangeError,
        expected,
      );
      await assertRejects(
        () => saveWeights(model, join(folder, "b"), options),
        RangeError,
        expected,
      );
    }
    assertEquals(await filesIn(folder), ["a.safetensors"]);
    model.dispose();
  });
});
