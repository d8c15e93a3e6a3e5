import { assert, assertEquals, assertThrows } from "@std/assert";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { cifarHighway } from "../../lib/networks/cifar_highway.ts";
import { depthOf } from "../../lib/networks/count.ts";
import { FAMILIES } from "../../lib/networks/families.ts";
import { glorotBengio } from "../../lib/networks/glorot_bengio.ts";
import { highway } from "../../lib/networks/highway.ts";
import { imageNetResNet } from "../../lib/networks/imagenet.ts";
import type { Network } from "../../lib/networks/layer.ts";
import {
  canonicalNetworkName,
  networkByName,
  networkNames,
} from "../../lib/networks/network_by_name.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import {
  withConstantScaling,
  withConvolutionShortcuts,
  withDropoutShortcuts,
  withExclusiveGating,
} from "../../lib/networks/shortcut_variants.ts";

const GREY = { height: 32, width: 32, channels: 1, classes: 7 };

Deno.test("networkByName() builds the papers' networks", () => {
  const resnet = (depth: number) => cifarResNet({ depth });
  assertEquals(networkByName("plain-20"), cifarPlain({ depth: 20 }));
  assertEquals(networkByName("ResNet-56"), resnet(56));
  assertEquals(networkByName("cifar-resnet-56"), resnet(56));
  assertEquals(
    networkByName("cifar-resnet-110:unit=single:activation=preActivation"),
    cifarResNet({ depth: 110, unit: "single", activation: "preActivation" }),
  );
  assertEquals(networkByName("cifar-highway-19"), cifarHighway());
  assertEquals(
    networkByName("highway-20:gateBias=-3", GREY),
    highway({
      ...{ hiddenLayers: 20, gateBias: -3, classes: 7 },
      input: [32, 32, 1],
    }),
  );
  assertEquals(
    networkByName("glorot-bengio-4:activation=sigmoid"),
    glorotBengio({ hiddenLayers: 4, activation: "sigmoid" }),
  );
  assertEquals(
    networkByName("imagenet-resnet-50:stride=v1.5"),
    imageNetResNet({ depth: 50, stride: "v1.5" }),
  );
  assertEquals(
    networkByName("imagenet-resnet-18:imageSize=64", { ...GREY, channels: 3 }),
    imageNetResNet({ depth: 18, imageSize: 64, classes: 7 }),
  );
});

Deno.test("networkByName() builds each shortcut of R16 Fig. 2", () => {
  const network = cifarResNet({ depth: 8 });
  const named = (variant: string) =>
    networkByName(`cifar-resnet-8:variant=${variant}`);
  const scaling = { shortcut: 0.5, body: 1 };
  assertEquals(
    named("constantScaling:shortcutScale=0.5:bodyScale=1"),
    withConstantScaling(network, scaling),
  );
  assertEquals(
    named("exclusiveGating:gateBias=-7"),
    withExclusiveGating(network, { initialBias: -7 }),
  );
  assertEquals(named("convolution"), withConvolutionShortcuts(network));
  assertEquals(
    named("dropout:dropoutRate=0.3"),
    withDropoutShortcuts(network, { rate: 0.3 }),
  );
});

Deno.test("every family has an example that builds, and the papers' counts", () => {
  assertEquals(networkNames().length, Object.keys(FAMILIES).length);
  for (const line of networkNames()) {
    const [name] = line.split(":");
    assert(countParameters(networkByName(name!)) > 0, line);
    assertEquals(canonicalNetworkName(name!), name);
  }
  assertEquals(depthOf(networkByName("vgg-19")), 19);
  assertEquals(countParameters(networkByName("vgg-16")), 138_357_544);
  assertEquals(countParameters(networkByName("cifar-resnet-164")), 1_704_154);
});

Deno.test("canonicalNetworkName() gives one name to one network", () => {
  for (
    const name of [
      "ResNet-20:shortcut=b:unit=basic",
      "cifar-resnet-20:UNIT=Basic:shortcut=B",
    ]
  ) {
    assertEquals(
      canonicalNetworkName(name),
      "cifar-resnet-20:shortcut=B:unit=basic",
    );
  }
  assertEquals(canonicalNetworkName("AlexNet"), "alexnet");
});

Deno.test("networks that options make differ have names that differ", () => {
  const numbers = [0.3, 7, 64];
  for (const [name, { options, size, example }] of Object.entries(FAMILIES)) {
    const start = size === undefined ? name : `${name}-${example}`;
    const settings = Object.entries(options).flatMap(([key, kind]) =>
      (kind === "number" ? numbers : kind).map((value) => `:${key}=${value}`)
    );
    const pairs = settings.flatMap((one, i) =>
      settings.slice(i + 1).map((two) => one + two)
    );
    const byName = new Map<string, string>();
    for (const asked of ["", ...settings, ...pairs]) {
      const network = built(start + asked);
      if (network === undefined) continue;
      const layers = JSON.stringify(network);
      assertEquals(byName.get(network.name) ?? layers, layers, start + asked);
      byName.set(network.name, layers);
    }
    assert(settings.length === 0 || byName.size > 1, name);
  }
});

/** A network, if its options go together. */
function built(name: string): Network | undefined {
  try {
    return networkByName(name);
  } catch {
    return undefined;
  }
}

Deno.test("networks have the names that lab records have", () => {
  const names = {
    "highway-10": "highway-10, fully connected",
    "highway-10:gateBias=-7:activation=tanh":
      "highway-10, fully connected, tanh, gates -7",
    "cifar-highway-19": "highway-19, convolutional",
    "cifar-highway-19:dropout=0": "highway-19, convolutional, dropout 0",
    "glorot-bengio-5:units=30": "tanh-5, 30 units",
    "vgg-16:imageSize=64": "VGG-16, 64x64",
    "imagenet-resnet-50": "ResNet-50",
    "plain-56": "plain-56",
    "resnet-110:variant=shortcutOnlyGating":
      "ResNet-110, shortcut-only gating -6",
  };
  for (const [asked, name] of Object.entries(names)) {
    assertEquals(networkByName(asked).name, name);
  }
});

Deno.test("networkByName() names the nearest of what it does not know", () => {
  const meant: Record<string, string> = {
    "cifar-resnt-20": "did you mean cifar-resnet-20?",
    "resnet": "did you mean resnet-20?",
    "reset-44": "did you mean resnet-44?",
    "vgg": "did you mean vgg-16?",
    "alexnet-8": "did you mean alexnet?",
    "resnet-0x8": "but found",
    "": "but found",
    "cifar-resnet-20:shortcut=D": "Expected shortcut to be A, B, C",
    "cifar-resnet-20:shortcuts=A": "did you mean shortcut?",
    "cifar-resnet-20:activation=preactivated": "did you mean preActivation?",
    "cifar-resnet-20:gateBias=-6": "Expected variant=exclusiveGating",
    "cifar-resnet-20:variant=exclusiveGating:gateBias=a": "to be a number",
    "cifar-resnet-20:shortcut": "Expected options such as shortcut=B",
    "cifar-resnet-20:shortcut=A:shortcut=B": "Expected one shortcut",
    "cifar-resnet-20:shortcut=A:Shortcut=B": "Expected one Shortcut",
    "cifar-plain-20:width=2": "Expected no options but found width",
    "imagenet-resnet-51": "18, 34, 50, 101, 152, 200 but found 51",
  };
  for (const [name, message] of Object.entries(meant)) {
    assertThrows(() => networkByName(name), Error, message);
  }
  assertThrows(() => networkByName("resnet-21"), RangeError, "nearest");
});
