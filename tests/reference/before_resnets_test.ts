import { alexNet } from "../../lib/networks/alexnet.ts";
import { googLeNet } from "../../lib/networks/googlenet.ts";
import type { Network } from "../../lib/networks/layer.ts";
import { preluNet } from "../../lib/networks/prelu_net.ts";
import { mapLayers } from "../../lib/networks/variants.ts";
import { vgg } from "../../lib/networks/vgg.ts";
import { zfNet } from "../../lib/networks/zfnet.ts";
import { testReference } from "./test_reference.ts";

const CLASSES = { classes: 10 } as const;

/** The first of 4096 features would be 132 million weights. */
function with64Features(network: Network): Network {
  return mapLayers(
    network,
    (layer) =>
      layer.kind === "dense" && layer.units === 4096
        ? { ...layer, units: 64 }
        : layer,
  );
}

await testReference("before_resnets", {
  "AlexNet": () => alexNet(CLASSES),
  "ZFNet": () => zfNet(CLASSES),
  "VGG-16": () => vgg({ ...CLASSES, depth: 16 }),
  "VGG-19": () => vgg({ ...CLASSES, depth: 19 }),
  "GoogLeNet": () => googLeNet(CLASSES),
  "PReLU-net": () => with64Features(preluNet(CLASSES)),
});
