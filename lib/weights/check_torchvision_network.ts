import { jsonChecksum } from "../data/json_checksum.ts";
import { imageNetResNet } from "../networks/imagenet.ts";
import type { Network } from "../networks/layer.ts";
import { vgg } from "../networks/vgg.ts";
import { operations } from "../networks/walk.ts";
import { UNLESS } from "./check_origin.ts";

/**
 * Checks that torchvision has a network: one of the ResNets of 18 to 152 layers
 * (from 50 on "v1.5") or of VGG-16 and -19, of any number of classes. Others can
 * have layers of the same names, as all our residual networks do: PyTorch would
 * find them of other shapes, or compute something else with them.
 *
 * Images of any size will do for a ResNet; for a VGG, whose first fully connected
 * layer depends on it, those that leave 7x7 pixels to it.
 *
 * @throws {Error} If it has not; the first layer is named in which the network
 * differs from the one that it has most in common with.
 */
export function checkTorchvisionNetwork(network: Network): void {
  const own = layersOf(network);
  const last = operations(network).at(-1)?.layer;
  const candidates = theirs(last?.kind === "dense" ? last.units : 1000);
  const shared = candidates.map((candidate) => {
    const layers = layersOf(candidate);
    const length = Math.max(own.length, layers.length);
    const first = Array.from({ length }, (_, i) => i)
      .findIndex((i) => own[i] !== layers[i]);
    return first === -1 ? Infinity : first;
  });
  const most = Math.max(...shared);
  if (most === Infinity) return;
  const path = operations(network)[most]?.path;
  throw new Error(
    `Expected ${network.name} to be a network of torchvision's (${
      candidates.map(({ name }) => name).join(", ")
    }) but found ${
      path === undefined ? "that it ends before they do" : `${path} in it`
    } ${UNLESS}`,
  );
}

function theirs(classes: number): Network[] {
  return [
    ...([18, 34, 50, 101, 152] as const).map((depth) =>
      imageNetResNet({ depth, classes, stride: "v1.5" })
    ),
    ...([16, 19] as const).map((depth) => vgg({ depth, classes })),
  ];
}

/** Each layer, with its place and what it reads, as a text to compare. */
function layersOf(network: Network): string[] {
  return operations(network).map(({ layer, path, input }) =>
    jsonChecksum([path, layer, input.at(-1)])
  );
}
