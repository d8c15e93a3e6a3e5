import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import {
  cifarResNet,
  type CifarResNetOptions,
} from "../../lib/networks/cifar.ts";
import { forwardUntil } from "../../lib/networks/forward_until.ts";
import { initialise } from "../../lib/networks/initialise.ts";
import type { Network } from "../../lib/networks/layer.ts";
import { Model } from "../../lib/networks/model.ts";

await useBackend({ name: "tensorflow", quiet: true });

/** A network whose units, but for the first of each stage, have zero weights. */
function zeroed(network: Network): Model {
  const values = initialise(network, { seed: 1 });
  for (const [name, value] of values) {
    const later = /^stage\d\/unit[2-9]\//.test(name);
    if (later && name.endsWith("kernel")) value.fill(0);
  }
  return new Model(network, values);
}

function images(): tf.Tensor4D {
  return tf.randomNormal([2, 32, 32, 3], 0, 1, "float32", 3);
}

/** Input and output of the second unit of each stage. */
function throughUnits(model: Model, training: boolean): Float32Array[][] {
  const x = images();
  return [1, 2, 3].map((stage) =>
    [1, 2].map((unit) =>
      forwardUntil(model, x, `stage${stage}/unit${unit}`, { training })
        .dataSync() as Float32Array
    )
  );
}

/** Activations that leave `x` as it is where a body gives 0. */
const ACTIVATIONS = [
  "original",
  "reluBeforeAddition",
  "reluOnlyPreActivation",
  "preActivation",
] as const;

const IDENTITIES = ACTIVATIONS.flatMap((activation): CifarResNetOptions[] => [
  { depth: 14, activation },
  { depth: 20, unit: "bottleneck", activation },
  { depth: 8, unit: "single", activation },
]);

for (const options of IDENTITIES) {
  const network = cifarResNet(options);
  Deno.test(`units of zero weights are the identity: ${network.name}`, () => {
    const model = zeroed(network);
    for (const training of [false, true]) {
      for (const [input, output] of throughUnits(model, training)) {
        assert(input!.some((value) => value !== 0));
        assertEquals(output, input);
      }
    }
    model.dispose();
  });
}

Deno.test("units of zero weights are no identity with BN after the addition", () => {
  const activation = "batchNormAfterAddition";
  const model = zeroed(cifarResNet({ depth: 14, activation }));
  for (const [input, output] of throughUnits(model, true)) {
    const scale = Math.max(...input!);
    assert(input!.some((x, i) => Math.abs(x - output![i]!) > 0.01 * scale));
  }
  model.dispose();
});

Deno.test("what is below 0 passes a pre-activation unit, not an original one", () => {
  const below = (activation: "original" | "preActivation") => {
    const model = zeroed(cifarResNet({ depth: 14, activation }));
    const [, output] = throughUnits(model, false)[0]!;
    model.dispose();
    return output!.filter((value) => value < 0).length;
  };
  assertEquals(below("original"), 0);
  assert(below("preActivation") > 1000);
});
