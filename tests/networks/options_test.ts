import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { alexNet } from "../../lib/networks/alexnet.ts";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { cifarHighway } from "../../lib/networks/cifar_highway.ts";
import { glorotBengio } from "../../lib/networks/glorot_bengio.ts";
import { googLeNet } from "../../lib/networks/googlenet.ts";
import { highway } from "../../lib/networks/highway.ts";
import { imageNetPlain, imageNetResNet } from "../../lib/networks/imagenet.ts";
import {
  fixedNormal,
  heNormal,
  heUniform,
} from "../../lib/networks/initialisers.ts";
import { loneUnit } from "../../lib/networks/lone_unit.ts";
import { preluNet } from "../../lib/networks/prelu_net.ts";
import { residualTower } from "../../lib/networks/residual_tower.ts";
import {
  withConstantScaling,
  withDropoutShortcuts,
  withExclusiveGating,
  withShortcutOnlyGating,
} from "../../lib/networks/shortcut_variants.ts";
import { vgg } from "../../lib/networks/vgg.ts";
import { zfNet } from "../../lib/networks/zfnet.ts";

type Options = Record<string, unknown>;

/** A function called as a cell of a notebook calls it: without types. */
function untyped(build: unknown): (...given: unknown[]) => unknown {
  return build as (...given: unknown[]) => unknown;
}

const resNet8 = cifarResNet({ depth: 8 });

/** Functions, with what they need besides, by name. */
const BUILDERS: Record<string, (options: Options) => unknown> = {
  cifarResNet: (options) => untyped(cifarResNet)({ depth: 20, ...options }),
  cifarPlain: (options) => untyped(cifarPlain)({ depth: 20, ...options }),
  imageNetResNet: (options) =>
    untyped(imageNetResNet)({ depth: 50, ...options }),
  imageNetPlain: (options) => untyped(imageNetPlain)({ depth: 18, ...options }),
  glorotBengio: (options) =>
    untyped(glorotBengio)({ hiddenLayers: 2, activation: "tanh", ...options }),
  highway: (options) => untyped(highway)({ hiddenLayers: 2, ...options }),
  cifarHighway: untyped(cifarHighway),
  vgg: (options) => untyped(vgg)({ depth: 16, ...options }),
  alexNet: untyped(alexNet),
  zfNet: untyped(zfNet),
  googLeNet: untyped(googLeNet),
  preluNet: untyped(preluNet),
  loneUnit: (options) => untyped(loneUnit)({ unit: "basic", ...options }),
  residualTower: (options) => untyped(residualTower)({ units: 2, ...options }),
  withConstantScaling: (options) =>
    untyped(withConstantScaling)(resNet8, { shortcut: 1, body: 1, ...options }),
  withExclusiveGating: (options) =>
    untyped(withExclusiveGating)(resNet8, options),
  withShortcutOnlyGating: (options) =>
    untyped(withShortcutOnlyGating)(resNet8, options),
  withDropoutShortcuts: (options) =>
    untyped(withDropoutShortcuts)(resNet8, options),
  heNormal: untyped(heNormal),
  heUniform: untyped(heUniform),
  fixedNormal: ({ deviation }) => untyped(fixedNormal)(deviation),
};

const SHORTCUTS = 'shortcut to be one of "A", "B", "C"';
const UNIT_ACTIVATIONS =
  'activation to be one of "original", "batchNormAfterAddition", "reluBeforeAddition", "reluOnlyPreActivation", "preActivation"';
const FUNCTIONS =
  'activation to be one of "relu", "sigmoid", "softsign", "tanh"';
const RATE = "to be from 0 to below 1";

/** What a function does not take, and what its error says. */
const WRONG: [builder: string, options: Options, expected: string][] = [
  ["cifarResNet", { shortcut: "Z" }, `${SHORTCUTS} but found "Z"`],
  ["cifarResNet", { shortcut: "b" }, `${SHORTCUTS} but found "b"`],
  ["cifarResNet", { shortcut: null }, `${SHORTCUTS} but found null`],
  ["cifarResNet", { activation: "foo" }, `${UNIT_ACTIVATIONS} but found "foo"`],
  ["cifarResNet", { activation: "toString" }, 'but found "toString"'],
  [
    "cifarResNet",
    { unit: "foo" },
    'unit to be one of "basic", "bottleneck", "single" but found "foo"',
  ],
  [
    "cifarResNet",
    { depth: "164" },
    'depth to be an integer of at least 0 but found "164"',
  ],
  ["imageNetResNet", { shortcut: "Z" }, `${SHORTCUTS} but found "Z"`],
  [
    "imageNetResNet",
    { stride: "v15" },
    'stride to be one of "paper", "v1.5" but found "v15"',
  ],
  [
    "imageNetResNet",
    { activation: "reluBeforeAddition" },
    'activation to be one of "original", "preActivation" but found "reluBeforeAddition"',
  ],
  ["imageNetResNet", { depth: "50" }, '152, or 200 but found "50"'],
  ["vgg", { depth: 17 }, "the depth of a VGG to be 16 or 19 but found 17"],
  [
    "glorotBengio",
    { activation: undefined },
    `${FUNCTIONS} but found undefined`,
  ],
  ["glorotBengio", { activation: "gelu" }, `${FUNCTIONS} but found "gelu"`],
  [
    "glorotBengio",
    { input: [32, 32, 0] },
    "input to be an integer of at least 1 but found 0",
  ],
  ["highway", { activation: "gelu" }, `${FUNCTIONS} but found "gelu"`],
  [
    "highway",
    { input: [0.5, 32, 3] },
    "input to be an integer of at least 1 but found 0.5",
  ],
  [
    "highway",
    { gateBias: NaN },
    "gateBias to be a finite number but found NaN",
  ],
  [
    "cifarHighway",
    { gateBias: "-2" },
    'gateBias to be a finite number but found "-2"',
  ],
  [
    "cifarHighway",
    { highwayLayers: [4, 5] },
    "highwayLayers to have 3 numbers but found 2",
  ],
  ["cifarHighway", { dropout: 2 }, `dropout ${RATE} but found 2`],
  ["cifarHighway", { dropout: "0.2" }, `dropout ${RATE} but found "0.2"`],
  ["withDropoutShortcuts", { rate: 2 }, `rate ${RATE} but found 2`],
  ["withDropoutShortcuts", { rate: 1 }, `rate ${RATE} but found 1`],
  ["withDropoutShortcuts", { rate: -0.5 }, `rate ${RATE} but found -0.5`],
  ["withDropoutShortcuts", { rate: NaN }, `rate ${RATE} but found NaN`],
  [
    "withExclusiveGating",
    {},
    "initialBias to be a finite number but found undefined",
  ],
  [
    "withShortcutOnlyGating",
    { initialBias: -Infinity },
    "initialBias to be a finite number but found -Infinity",
  ],
  [
    "withConstantScaling",
    { shortcut: undefined },
    "shortcut to be a finite number but found undefined",
  ],
  [
    "withConstantScaling",
    { body: "half" },
    'body to be a finite number but found "half"',
  ],
  [
    "loneUnit",
    { unit: "foo" },
    'unit to be one of "basic", "bottleneck" but found "foo"',
  ],
  ["loneUnit", { shortcut: "Z" }, `${SHORTCUTS} but found "Z"`],
  [
    "residualTower",
    { activation: "foo" },
    `${UNIT_ACTIVATIONS} but found "foo"`,
  ],
  [
    "residualTower",
    { filters: 0 },
    "filters to be an integer of at least 1 but found 0",
  ],
  [
    "heNormal",
    { fan: "both" },
    'fan to be one of "in", "out" but found "both"',
  ],
  [
    "heUniform",
    { fan: "both" },
    'fan to be one of "in", "out" but found "both"',
  ],
  ["fixedNormal", {}, "deviation to be a finite number but found undefined"],
];

for (const [builder, options, expected] of WRONG) {
  const given = Deno.inspect(options, { breakLength: Infinity });
  Deno.test(`${builder}() refuses ${given}`, () => {
    const error = assertThrows(() => BUILDERS[builder]!(options), RangeError);
    assertEquals(error.message.endsWith(expected), true, error.message);
    assertEquals(error.message.slice(0, 9), "Expected ");
  });
}

for (const [name, builder] of Object.entries(BUILDERS)) {
  if (name === "fixedNormal") continue; // It takes a number.
  Deno.test(`${name}() refuses options that it has not`, () => {
    const error = assertThrows(() => builder({ depht: 20 }), TypeError);
    assertMatch(
      error.message,
      /^Expected options to be among .* but found "depht"/,
    );
  });
}

Deno.test("cifarResNet() says that it needs options", () => {
  for (const nothing of [undefined, null, 20]) {
    assertThrows(
      () => untyped(cifarResNet)(nothing),
      TypeError,
      `Expected options to be an object with some of depth, classes, channels, unit, shortcut, activation but found ${nothing}`,
    );
  }
});

const CLASSES = [
  ...["cifarResNet", "cifarPlain", "imageNetResNet", "imageNetPlain"],
  ...["glorotBengio", "highway", "cifarHighway", "vgg", "alexNet", "zfNet"],
  ...["googLeNet", "preluNet", "residualTower"],
];

for (const builder of CLASSES) {
  Deno.test(`${builder}() refuses numbers of classes that there are not`, () => {
    for (const classes of [-3, 0, 2.5, NaN, "10", null]) {
      const shown = typeof classes === "string" ? `"${classes}"` : classes;
      assertThrows(
        () => BUILDERS[builder]!({ classes }),
        RangeError,
        `Expected classes to be an integer of at least 1 but found ${shown}`,
      );
    }
  });
}

Deno.test("networks for CIFAR refuse numbers of channels that there are not", () => {
  for (
    const builder of [
      "cifarResNet",
      "cifarPlain",
      "cifarHighway",
      "residualTower",
    ]
  ) {
    assertThrows(
      () => BUILDERS[builder]!({ channels: 0 }),
      RangeError,
      "Expected channels to be an integer of at least 1 but found 0",
    );
  }
});

Deno.test("plain networks refuse a residual network's options", () => {
  for (const builder of ["cifarPlain", "imageNetPlain"]) {
    for (const name of ["activation", "shortcut", "unit"]) {
      const error = assertThrows(() => BUILDERS[builder]!({ [name]: "C" }));
      assertMatch(String(error), RegExp(`but found "${name}"`));
    }
  }
});

Deno.test("glorotBengio() is named by its activation and layers, beyond the paper's 5 too", () => {
  const names = [1, 5, 6, 20].map((hiddenLayers) =>
    glorotBengio({ hiddenLayers, activation: "softsign" }).name
  );
  assertEquals(names, [
    "softsign-1",
    "softsign-5",
    "softsign-6",
    "softsign-20",
  ]);
});
