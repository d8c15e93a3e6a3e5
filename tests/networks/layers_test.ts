import { assertEquals } from "@std/assert";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { countMultiplyAdds, depthOf } from "../../lib/networks/count.ts";
import {
  globalAveragePool,
  type Network,
  parametricRelu,
} from "../../lib/networks/layer.ts";
import { layers } from "../../lib/networks/layers.ts";
import { countParameters } from "../../lib/networks/parameters.ts";

Deno.test("layers() has a row for each operation, which add up", () => {
  const network = cifarResNet({ depth: 20 });
  const rows = layers(network);
  assertEquals(rows.find(({ name }) => name === "stage2/unit1/conv1"), {
    name: "stage2/unit1/conv1",
    kind: "convolution",
    output: [16, 16, 32],
    kernelSize: 3,
    stride: 2,
    parameters: 9 * 16 * 32,
    multiplyAdds: 9 * 16 * 32 * 16 * 16,
  });
  assertEquals(rows.find(({ name }) => name === "stage2/unit1/shortcut"), {
    name: "stage2/unit1/shortcut",
    kind: "zeroPadShortcut",
    output: [16, 16, 32],
    stride: 2,
    parameters: 0,
    multiplyAdds: 0,
  });
  assertEquals(rows.at(-1), {
    name: "classifier",
    kind: "dense",
    output: [10],
    parameters: 650,
    multiplyAdds: 640,
  });
  const sum = (of: "parameters" | "multiplyAdds") =>
    rows.reduce((sum, row) => sum + row[of], 0);
  assertEquals(sum("parameters"), countParameters(network));
  assertEquals(sum("multiplyAdds"), countMultiplyAdds(network));
});

Deno.test("a parametric ReLU has a slope for each channel", () => {
  const network: Network = {
    name: "prelu",
    input: [4, 4, 7],
    layers: [parametricRelu("relu"), globalAveragePool("pool")],
  };
  assertEquals(countParameters(network), 7);
  assertEquals(depthOf(network), 0);
});
