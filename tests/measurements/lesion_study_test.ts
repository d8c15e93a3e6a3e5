import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { lesionSites } from "../../lib/measurements/lesion_sites.ts";
import {
  dropSeveral,
  lesionStudy,
} from "../../lib/measurements/lesion_study.ts";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { googLeNet } from "../../lib/networks/googlenet.ts";
import {
  activation,
  convolution,
  flatten,
  gated,
  relu,
  scale,
  sequence,
} from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertAllClose, modelOf, SWAP, SWAPPING } from "./by_hand.ts";

const images = () => tf.tensor4d([1, 3], [1, 1, 1, 2]);
const labels = () => tf.tensor1d([0], "int32");

/** Cross entropy of the first of two classes. */
const loss = (a: number, b: number) => Math.log(1 + Math.exp(b - a));

testOnEachBackend(
  "lesionStudy() puts a unit's shortcut in its place, by hand",
  async () => {
    const model = modelOf([1, 1, 2], [
      SWAPPING,
      gated("second", {
        body: [scale("zero", 0)],
        gate: [convolution("gate", 2, 1), activation("sigmoid", "sigmoid")],
      }),
      flatten("flatten"),
    ], {
      ...SWAP,
      "second/gate/kernel": [0, 0, 0, 0],
    });
    const before = tf.memory().numTensors;
    const [x, y] = [images(), labels()];
    const seen: string[] = [];
    const { whole, lesions } = await lesionStudy(model, x, y, {
      onProgress: (done, all) => seen.push(`${done}/${all}`),
    });
    tf.dispose([x, y]);
    assertEquals(tf.memory().numTensors, before);
    assertEquals(seen, ["1/2", "2/2"]);
    assertEquals(lesions.map(({ dropped }) => dropped), ["first", "second"]);
    // (1, 3) becomes (2 + 3, 6 + 1), of which the gate carries a half.
    assertAllClose([whole.loss, whole.error], [loss(2.5, 3.5), 100]);
    assertAllClose(lesions.map((lesion) => lesion.loss), [
      loss(1, 3),
      loss(5, 7),
    ]);
    const both = await dropSeveral(model, images(), labels(), [0, 2], {
      samples: 1,
    });
    assertAllClose(both.map(({ outcomes }) => outcomes[0]!.loss), [
      whole.loss,
      loss(2, 6),
    ]);
    const stopped = await lesionStudy(model, images(), labels(), {
      stopRequested: () => true,
    });
    assertEquals(stopped.lesions, []);
    await assertRejects(
      () => dropSeveral(model, images(), labels(), [3]),
      RangeError,
      "Expected counts from 0 to the 2 units of by hand but found 3",
    );
    model.dispose();
  },
);

testOnEachBackend(
  "lesionStudy() of a plain network drops layers, by hand",
  async () => {
    const model = modelOf([1, 1, 2], [
      scale("start", 1),
      convolution("a", 2, 1),
      relu("reluA"),
      sequence("stage", [convolution("b", 2, 1)]),
      convolution("wider", 3, 1),
      convolution("narrower", 2, 1),
      flatten("flatten"),
    ], {
      "a/kernel": [-1, 0, 0, 1],
      "stage/b/kernel": [2, 0, 0, 2],
      "wider/kernel": [1, 0, 0, 0, 1, 0],
      "narrower/kernel": [1, 0, 0, 1, 0, 0],
    });
    const { whole, lesions } = await lesionStudy(model, images(), labels());
    assertEquals(lesions.map(({ dropped }) => dropped), ["reluA", "stage/b"]);
    assertAllClose([whole, ...lesions].map((one) => one.loss), [
      loss(0, 6),
      loss(2, 6),
      loss(0, 3),
    ]);
    model.dispose();
  },
);

Deno.test("lesionSites() are units, or a plain network's layers that keep shapes", () => {
  const kinds = (network: Parameters<typeof lesionSites>[0]) =>
    lesionSites(network).map(({ kind }) => kind);
  assertEquals(kinds(cifarResNet({ depth: 56 })), Array(27).fill("unit"));
  // Not the first layer, nor the two that change dimensions.
  assertEquals(kinds(cifarPlain({ depth: 20 })), Array(16).fill("layers"));
  assertEquals(lesionSites(cifarPlain({ depth: 20 }))[0], {
    path: "stage1/unit1/relu1",
    kind: "layers",
    input: "relu",
  });
  assertEquals(lesionSites(googLeNet()), []);
});

Deno.test("lesionStudy() leaves a network as it is", async () => {
  await useBackend({ name: "tensorflow", quiet: true });
  const model = build(cifarResNet({ depth: 8 }), { seed: 1 });
  const x = tf.randomNormal([4, 32, 32, 3], 0, 1, "float32", 2) as tf.Tensor4D;
  const y = tf.tensor1d([1, 2, 3, 4], "int32");
  const before = await model.values();
  const { whole, lesions } = await lesionStudy(model, x, y);
  assertEquals(await model.values(), before);
  assert(lesions.every((lesion) => Math.abs(lesion.loss - whole.loss) > 1e-4));
  model.dispose();
});
