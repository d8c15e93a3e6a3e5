import { jsonChecksum } from "../data/json_checksum.ts";
import type { Network } from "../networks/layer.ts";
import { operations } from "../networks/walk.ts";
import type { SafetensorsFile } from "./read_safetensors.ts";
import { show } from "./show.ts";
import type { WeightNaming } from "./stored_form.ts";

/** Under this key a file says which network its weights are of. */
export const NETWORK_KEY = "network";

/** Under this key it has the checksum of that network's whole description. */
export const CHECKSUM_KEY = "network_sha256";

/** What errors say of the option that switches them off. */
export const UNLESS = "(allowOtherNetwork: true lets it pass)";

/**
 * Checks what the names and shapes of tensors do not tell: that weights are of
 * this network, and not of one that differs in its strides or in where its
 * activations stand.
 *
 * @throws {Error} If the file names another network, or one of the same name that
 * is described otherwise; or, where it names none and
 * has torchvision's weights, if torchvision's network has other strides.
 */
export function checkOrigin(
  network: Network,
  file: SafetensorsFile,
  naming: WeightNaming,
): void {
  const found = file.metadata.get(NETWORK_KEY);
  if (found === undefined && naming === "torchvision") {
    checkStrides(network);
  } else if (found !== undefined && found !== network.name) {
    throw new Error(
      `Expected ${file.path} to have weights of ${network.name} but found those of ${
        show(found)
      } ${UNLESS}`,
    );
  }
  const checksum = file.metadata.get(CHECKSUM_KEY);
  if (checksum !== undefined && checksum !== jsonChecksum(network)) {
    throw new Error(
      `Expected ${file.path} to have weights of this ${network.name} but found those of one that is described otherwise ${UNLESS}`,
    );
  }
}

/**
 * Checks that a network has the strides of torchvision's: these are on 3x3
 * convolutions ("v1.5"), where R15 has them on a bottleneck's first, 1x1, one.
 *
 * @throws {Error} If it has others.
 */
export function checkStrides(network: Network): void {
  for (const { layer, path, onShortcut } of operations(network)) {
    if (onShortcut || layer.kind !== "convolution") continue;
    const { kernelSize, stride } = layer;
    if (kernelSize > 1 || stride === 1) continue;
    throw new Error(
      `Expected ${path} of ${network.name} to have stride 1, as in torchvision's network, but found ${stride}: build it with stride: "v1.5" ${UNLESS}`,
    );
  }
}
