import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { forwardUntil } from "../../lib/networks/forward_until.ts";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { depthOf } from "../../lib/networks/count.ts";
import {
  concatenation,
  convolution,
  type Layer,
  maxPool,
  type Network,
  residual,
  sequence,
  zeroPadShortcut,
} from "../../lib/networks/layer.ts";
import { mapResiduals } from "../../lib/networks/map_residuals.ts";
import { build } from "../../lib/networks/model.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { shortcutCost } from "../../lib/networks/shortcut_cost.ts";
import {
  withConstantScaling,
  withConvolutionShortcuts,
  withDropoutShortcuts,
  withExclusiveGating,
  withShortcutOnlyGating,
} from "../../lib/networks/shortcut_variants.ts";
import { outline } from "./outline.ts";

await useBackend({ name: "tensorflow", quiet: true });

const resNet110 = cifarResNet({ depth: 110 });

/** F of R16 Fig. 2 in the first stage, and where dimensions change. */
const F = "3x3,16 BN ReLU 3x3,16 BN";
const F2 = "3x3,32/2 BN ReLU 3x3,32 BN";

/**
 * R16 Fig. 2 and Table 1, read off by hand: a unit of the first stage and the
 * first unit of the second. ReLU follows all additions.
 */
const FIGURE_2: [Network, same: string, changing: string][] = [
  [resNet110, `(${F} + x) ReLU`, `(${F2} + pad,32/2) ReLU`],
  [
    withConstantScaling(resNet110, { shortcut: 0, body: 1 }),
    `(${F} + *0) ReLU`,
    `(${F2} + pad,32/2 *0) ReLU`,
  ],
  [
    withConstantScaling(resNet110, { shortcut: 0.5, body: 1 }),
    `(${F} + *0.5) ReLU`,
    `(${F2} + pad,32/2 *0.5) ReLU`,
  ],
  [
    withConstantScaling(resNet110, { shortcut: 0.5, body: 0.5 }),
    `(${F} *0.5 + *0.5) ReLU`,
    `(${F2} *0.5 + pad,32/2 *0.5) ReLU`,
  ],
  [
    withExclusiveGating(resNet110, { initialBias: -6 }),
    `(g * [${F}] + (1 - g) * [x], g = 1x1,16 sigmoid) ReLU`,
    `(g * [${F2}] + (1 - g) * [pad,32/2], g = 1x1,32/2 sigmoid) ReLU`,
  ],
  [
    withShortcutOnlyGating(resNet110, { initialBias: -6 }),
    `([${F}] + (1 - g) * [x], g = 1x1,16 sigmoid) ReLU`,
    `([${F2}] + (1 - g) * [pad,32/2], g = 1x1,32/2 sigmoid) ReLU`,
  ],
  [
    withConvolutionShortcuts(resNet110),
    `(${F} + 1x1,16 BN) ReLU`,
    `(${F2} + 1x1,32/2 BN) ReLU`,
  ],
  [
    withDropoutShortcuts(resNet110),
    `(${F} + dropout,0.5) ReLU`,
    `(${F2} + pad,32/2 dropout,0.5) ReLU`,
  ],
];

for (const [network, same, changing] of FIGURE_2) {
  Deno.test(`R16 Fig. 2: ${network.name}`, () => {
    const stages = network.layers.filter(({ kind }) => kind === "sequence");
    assertEquals(stages.length, 3);
    const [first, second, third] = stages.map(outlineUnits);
    assertEquals(first, Array(18).fill(same));
    assertEquals(second?.[0], changing);
    const wider = (text: string, to: number) =>
      text.replaceAll(/,16(?=\b)/g, `,${to}`);
    assertEquals(second?.slice(1), Array(17).fill(wider(same, 32)));
    assertEquals(third?.[0], changing.replaceAll(",32", ",64"));
    assertEquals(third?.slice(1), Array(17).fill(wider(same, 64)));
    assertEquals(depthOf(network), 110);
  });
}

function outlineUnits(stage: Layer): string[] {
  return stage.kind === "sequence"
    ? stage.layers.map((unit) => outline([unit]))
    : [];
}

Deno.test("variants have names of their own, with their settings", () => {
  const names = FIGURE_2.map(([{ name }]) => name);
  assertEquals(new Set(names).size, names.length);
  assert(names.includes("ResNet-110, exclusive gating -6"));
  assert(names.includes("ResNet-110, shortcut * 0.5, F * 1"));
});

Deno.test("gates cost a 1x1 convolution and a bias for each channel", () => {
  const gate = (from: number, to: number) => (from + 1) * to;
  const parameters = 18 * gate(16, 16) + gate(16, 32) + 17 * gate(32, 32) +
    gate(32, 64) + 17 * gate(64, 64);
  const multiplyAdds = 18 * 16 * 16 * 32 ** 2 +
    (16 * 32 + 17 * 32 * 32) * 16 ** 2 + (32 * 64 + 17 * 64 * 64) * 8 ** 2;
  for (const variant of [withExclusiveGating, withShortcutOnlyGating]) {
    const network = variant(resNet110, { initialBias: 0 });
    assertEquals(shortcutCost(network), { parameters, multiplyAdds });
    const more = countParameters(network) - countParameters(resNet110);
    assertEquals(more, parameters);
  }
});

Deno.test("1x1 convolutions are R15's option C", () => {
  assertEquals(
    withConvolutionShortcuts(resNet110).layers,
    cifarResNet({ depth: 110, shortcut: "C" }).layers,
  );
});

const small = cifarResNet({ depth: 14 });

function images(): tf.Tensor4D {
  return tf.randomNormal([3, 32, 32, 3], 0, 1, "float32", 8);
}

/** Logits of networks of the same seed for the same images. */
function logitsOf(...networks: Network[]): Float32Array[] {
  return tf.tidy(() =>
    networks.map((network) => {
      const model = build(network, { seed: 3 });
      const logits = model.logits(images()).dataSync() as Float32Array;
      model.dispose();
      return logits;
    })
  );
}

Deno.test("shortcuts scaled by 0 leave the plain network", () => {
  const scaled = withConstantScaling(small, { shortcut: 0, body: 1 });
  const [actual, expected] = logitsOf(scaled, cifarPlain({ depth: 14 }));
  assertEquals(actual, expected);
});

Deno.test("factors of 1 change nothing, and factors are applied to their way", () => {
  const same = withConstantScaling(small, { shortcut: 1, body: 1 });
  assertEquals(same.layers, small.layers);
  const network = withConstantScaling(small, { shortcut: 0.25, body: 3 });
  const model = build(network, { seed: 3 });
  const x = images();
  const at = (path: string) => forwardUntil(model, x, `stage1/unit1${path}`);
  const expected = tf.relu(
    tf.add(
      tf.mul(forwardUntil(model, x, "relu"), 0.25),
      tf.mul(at("/norm2"), 3),
    ),
  );
  assertEquals(at("").dataSync(), expected.dataSync());
  model.dispose();
});

Deno.test("closed exclusive gates carry, opened ones leave the plain network", () => {
  const plain = cifarPlain({ depth: 14 });
  const opened = withExclusiveGating(small, { initialBias: 1000 });
  const [actual, expected] = logitsOf(opened, plain);
  assertEquals(actual, expected);
  const closed = withExclusiveGating(small, { initialBias: -1000 });
  const model = build(closed, { seed: 3 });
  const x = images();
  assertEquals(
    forwardUntil(model, x, "stage1").dataSync(),
    forwardUntil(model, x, "relu").dataSync(),
  );
  model.dispose();
});

Deno.test("closed shortcut-only gates leave the residual network, opened ones the plain", () => {
  const gates = (initialBias: number) =>
    withShortcutOnlyGating(small, { initialBias });
  const [closed, original, opened, plain] = logitsOf(
    gates(-1000),
    small,
    gates(1000),
    cifarPlain({ depth: 14 }),
  );
  assertEquals(closed, original);
  assertEquals(opened, plain);
});

Deno.test("a gate starts from sigmoid(b_g) where its input is 0", () => {
  const network = withShortcutOnlyGating(small, { initialBias: -2 });
  const model = build(network, { seed: 3 });
  const zeros = tf.zeros([1, 32, 32, 3]) as tf.Tensor4D;
  const gate = forwardUntil(model, zeros, "stage2/unit1/gateSigmoid");
  assertEquals(gate.shape, [1, 16, 16, 32]);
  // Zeros stay zeros up to the gate: its bias alone is left.
  const expected = 1 / (1 + Math.exp(2));
  assert(gate.dataSync().every((g) => Math.abs(g - expected) < 1e-6));
  model.dispose();
});

Deno.test("dropped shortcuts: half the values in training, all in evaluation", () => {
  const network = withDropoutShortcuts(small);
  const [evaluated, original] = logitsOf(network, small);
  assertEquals(evaluated, original);
  const model = build(network, { seed: 3 });
  const options = {
    training: true,
    dropoutSeed: tf.tensor1d([1, 2], "int32"),
  };
  const input = forwardUntil(model, images(), "relu", options).dataSync();
  const path = "stage1/unit1/shortcutDropout";
  const output = forwardUntil(model, images(), path, options).dataSync();
  let [positive, kept] = [0, 0];
  input.forEach((value, i) => {
    if (value === 0) return;
    positive++;
    if (output[i] === 0) return;
    kept++;
    assert(Math.abs(output[i]! - 2 * value) <= 1e-6 * value);
  });
  // Five standard errors of the share of ones among so many.
  assert(Math.abs(kept / positive - 0.5) < 2.5 / Math.sqrt(positive));
  model.dispose();
});

Deno.test("mapResiduals() tells each unit's shapes and stride, inside every kind", () => {
  const network: Network = {
    name: "nested",
    input: [9, 9, 4],
    layers: [
      sequence("stage", [
        residual("outer", [
          residual("inner", [convolution("conv", 4, 3)]),
          concatenation("join", [
            [convolution("left", 5, 3, { stride: 2 })],
            [maxPool("pool", 1, { stride: 2 })],
          ]),
        ], [zeroPadShortcut("shortcut", 9, 2)]),
      ]),
    ],
  };
  const seen: unknown[] = [];
  const changed = mapResiduals(network, (unit, { input, output, stride }) => {
    seen.push([unit.name, input, output, stride]);
    return { ...unit, name: `${unit.name}!` };
  });
  assertEquals(seen, [
    ["inner", [9, 9, 4], [9, 9, 4], 1],
    ["outer", [9, 9, 4], [5, 5, 9], 2],
  ]);
  assertEquals(
    JSON.stringify(changed).match(/"\w+!"/g),
    ['"outer!"', '"inner!"'],
  );
});
