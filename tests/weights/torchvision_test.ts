import { assertEquals, assertThrows } from "@std/assert";
import { imageNetResNet } from "../../lib/networks/imagenet.ts";
import {
  convolution,
  dense,
  type Network,
  sequence,
} from "../../lib/networks/layer.ts";
import { tensorSpecs } from "../../lib/networks/parameters.ts";
import { vgg } from "../../lib/networks/vgg.ts";
import {
  batchCounterNames,
  torchvisionForms,
} from "../../lib/weights/torchvision.ts";
import { smallResidual, smallVgg } from "./networks.ts";

/** Lines as write_torchvision_tensors.py writes them. */
function lines(network: Network): string[] {
  const forms = torchvisionForms(network);
  return [
    ...forms.map(({ name, shape }) => [name, ...shape].join(" ")),
    ...batchCounterNames(forms),
  ].sort();
}

for (
  const [file, network] of [
    ["resnet18", imageNetResNet({ depth: 18 })],
    ["resnet50", imageNetResNet({ depth: 50 })],
    ["vgg16", vgg({ depth: 16 })],
  ] as const
) {
  Deno.test(`torchvisionForms() names all that torchvision's ${file} keeps`, async () => {
    const url = new URL(`torchvision_${file}.txt`, import.meta.url);
    const text = await Deno.readTextFile(url);
    assertEquals(lines(network), text.trimEnd().split("\n").sort());
  });
}

Deno.test("torchvisionForms() has one form of each tensor, in our order", () => {
  for (const network of [smallResidual(), smallVgg()]) {
    const forms = torchvisionForms(network);
    assertEquals(forms.map(({ spec }) => spec), tensorSpecs(network));
    assertEquals(new Set(forms.map(({ name }) => name)).size, forms.length);
  }
});

Deno.test("torchvisionForms() tells which layer is which", () => {
  const residual = new Map(
    torchvisionForms(smallResidual()).map((
      { spec, name },
    ) => [spec.name, name]),
  );
  const vgg = new Map(
    torchvisionForms(smallVgg()).map(({ spec, name }) => [spec.name, name]),
  );
  for (
    const [names, ours, theirs] of [
      [residual, "conv/kernel", "conv1.weight"],
      [residual, "norm/scale", "bn1.weight"],
      [residual, "norm/shift", "bn1.bias"],
      [residual, "stage1/unit1/conv3/kernel", "layer1.0.conv3.weight"],
      [residual, "stage1/unit2/norm3/runningMean", "layer1.1.bn3.running_mean"],
      [
        residual,
        "stage1/unit1/projection/kernel",
        "layer1.0.downsample.0.weight",
      ],
      [
        residual,
        "stage2/unit1/projectionNorm/runningVariance",
        "layer2.0.downsample.1.running_var",
      ],
      [residual, "stage2/unit1/conv2/kernel", "layer2.0.conv2.weight"],
      [residual, "classifier/kernel", "fc.weight"],
      [residual, "classifier/bias", "fc.bias"],
      [vgg, "stage1/conv1/kernel", "features.0.weight"],
      [vgg, "stage1/conv2/bias", "features.2.bias"],
      [vgg, "stage2/conv1/kernel", "features.5.weight"],
      [vgg, "fc1/kernel", "classifier.0.weight"],
      [vgg, "fc2/bias", "classifier.3.bias"],
      [vgg, "fc3/bias", "classifier.6.bias"],
    ] as const
  ) assertEquals(names.get(ours), theirs);
});

Deno.test("torchvisionForms() refuses layers that torchvision has not", () => {
  for (const path of ["gate", "stage0/conv1", "stage1/conv", "xconv", "fc4"]) {
    const [name = "", inner] = path.split("/");
    const network: Network = {
      name: "strange",
      input: [8, 8, 3],
      layers: inner === undefined
        ? [convolution(name, 2, 3)]
        : [sequence(name, [convolution(inner, 2, 3)])],
    };
    assertThrows(
      () => torchvisionForms(network),
      Error,
      `Expected strange to have the layers of torchvision's ResNets or VGGs but found ${path}/kernel`,
    );
  }
});

Deno.test("torchvisionForms() orders a fully connected layer by image only after an image", () => {
  const network: Network = {
    name: "features",
    input: [4, 3, 2],
    layers: [
      { kind: "flatten", name: "flatten" },
      dense("fc1", 6),
      dense("fc2", 5),
    ],
  };
  assertEquals(
    torchvisionForms(network).flatMap(({ shape, reversed }) =>
      reversed ? [[shape, reversed]] : []
    ),
    [[[6, 24], [6, 2, 12]], [[5, 6], [5, 6, 1]]],
  );
});
