import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { depthOf } from "../../lib/networks/count.ts";
import { forwardUntil } from "../../lib/networks/forward_until.ts";
import {
  activation,
  concatenation,
  convolution,
  gated,
  globalAveragePool,
  type Network,
  relu,
  residual,
  scale,
  sequence,
} from "../../lib/networks/layer.ts";
import { build } from "../../lib/networks/model.ts";
import { networkUntil } from "../../lib/networks/network_until.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { operations } from "../../lib/networks/walk.ts";

await useBackend({ name: "tensorflow", quiet: true });

/** Ways of every kind inside each other. */
const nested: Network = {
  name: "nested",
  input: [6, 6, 4],
  layers: [
    scale("scale", 2),
    sequence("stage1", [
      sequence("unit1", [
        residual("", [convolution("conv1", 4, 3), relu("relu1")], [
          scale("shortcut", 0.5),
        ]),
        relu("relu2"),
      ]),
      gated("unit2", {
        body: [convolution("conv", 4, 3)],
        gate: [convolution("gate", 4, 1), activation("open", "sigmoid")],
        shortcut: [scale("carry", -1)],
      }),
    ]),
    concatenation("join", [
      [],
      [residual("inner", [convolution("conv", 4, 1)])],
      [convolution("last", 3, 1)],
    ]),
    globalAveragePool("pool"),
  ],
};

function images([height, width, channels]: Network["input"]): tf.Tensor4D {
  const shape: [number, number, number, number] = [2, height, width, channels];
  return tf.randomNormal(shape, 0, 1, "float32", 4);
}

for (const network of [nested, cifarResNet({ depth: 8, shortcut: "B" })]) {
  Deno.test(`forwardUntil() gives the output of each layer of ${network.name}`, () => {
    const model = build(network, { seed: 0 });
    const x = images(network.input);
    const seen = new Map<string, tf.Tensor>();
    const logits = model.logits(x, {
      tap(path, output) {
        seen.set(path, tf.keep(tf.clone(output)));
        return output;
      },
    });
    for (const { path } of operations(network)) assert(seen.has(path), path);
    assertEquals(seen.get("")?.dataSync(), x.dataSync());
    for (const [path, expected] of seen) {
      const output = forwardUntil(model, x, path);
      assertEquals(output.shape, expected.shape, path);
      assertEquals(output.dataSync(), expected.dataSync(), path);
      output.dispose();
    }
    const last = network.layers.at(-1)!.name;
    assertEquals(seen.get(last)?.dataSync(), logits.dataSync());
    // The images are still there.
    assertEquals(x.dataSync().length, x.size);
    tf.dispose([...seen.values(), logits, x]);
    model.dispose();
  });
}

Deno.test("the output of a unit is that of the last layer with its name", () => {
  const model = build(nested, { seed: 0 });
  const x = images(nested.input);
  assertEquals(
    forwardUntil(model, x, "stage1/unit1").dataSync(),
    forwardUntil(model, x, "stage1/unit1/relu2").dataSync(),
  );
  assertEquals(
    forwardUntil(model, x, "stage1").dataSync(),
    forwardUntil(model, x, "stage1/unit2").dataSync(),
  );
  model.dispose();
});

Deno.test("a tap changes what is passed on", () => {
  const model = build(nested, { seed: 0 });
  const x = images(nested.input);
  const zeroed = model.logits(x, {
    tap: (path, y) => path === "scale" ? tf.zerosLike(y) : y,
  });
  const zeros = tf.zerosLike(x) as tf.Tensor4D;
  assertEquals(zeroed.dataSync(), model.logits(zeros).dataSync());
  model.dispose();
});

Deno.test("nothing after the layer runs", () => {
  const model = build(nested, { seed: 0 });
  const ran: string[] = [];
  forwardUntil(model, images(nested.input), "stage1/unit1/conv1", {
    observe: (path) => ran.push(path),
  });
  assertEquals(ran, ["scale", "stage1/unit1/conv1"]);
  model.dispose();
});

Deno.test("networkUntil() is a description like others", () => {
  const network = cifarResNet({ depth: 20 });
  const part = networkUntil(network, "stage2/unit1/norm1");
  assertEquals(part.name, "ResNet-20 until stage2/unit1/norm1");
  assertEquals(depthOf(part), 1 + 6 + 1);
  assertEquals(operations(part).at(-1)?.path, "stage2/unit1/norm1");
  const unit = 2 * (9 * 16 * 16 + 2 * 16);
  assertEquals(
    countParameters(part),
    (27 * 16 + 2 * 16) + 3 * unit + 9 * 16 * 32 + 2 * 32,
  );
  assertEquals(networkUntil(network, "classifier").layers, network.layers);
  assertEquals(networkUntil(network, "").layers, []);
});

Deno.test("networkUntil() names a path that is none", () => {
  const network = cifarResNet({ depth: 20 });
  for (const path of ["stage4", "stage1/unit4", "stage1/", "stage1/unit1/x"]) {
    assertThrows(
      () => networkUntil(network, path),
      Error,
      `Expected the path of a layer of ResNet-20 but found ${path}`,
    );
  }
});
