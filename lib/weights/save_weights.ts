import { jsonChecksum } from "../data/json_checksum.ts";
import type { Model } from "../networks/model.ts";
import { checkStrides, CHECKSUM_KEY, NETWORK_KEY } from "./check_origin.ts";
import { checkTorchvisionNetwork } from "./check_torchvision_network.ts";
import { reverseAxes } from "./reverse_axes.ts";
import { float32Tensor, type StoredTensor } from "./stored_tensor.ts";
import { storedForms, type WeightNaming } from "./stored_form.ts";
import { batchCounterNames } from "./torchvision.ts";
import { writeSafetensors } from "./write_safetensors.ts";

/** Options of {@linkcode saveWeights}. */
export interface SaveWeightsOptions {
  /** Whose names and layouts the file gets. Default "project". */
  readonly naming?: WeightNaming;
  /** Words to add about the whole file. */
  readonly metadata?: ReadonlyMap<string, string>;
  /**
   * Whether torchvision's `num_batches_tracked` are written, as 0. PyTorch does
   * without. Default false.
   */
  readonly batchesTracked?: boolean;
  /**
   * Whether torchvision's names may be given to a network that torchvision has
   * not, such as one for CIFAR or with other strides: for these PyTorch needs a
   * network of its own, too. Default false.
   */
  readonly allowOtherNetwork?: boolean;
}

/**
 * Writes a network's weights, running statistics included, to a safetensors
 * file: with our names as a checkpoint, or with those of torchvision, which
 * PyTorch loads into torchvision's ResNet-18, -34, -50, -101 or -152 (from 50 on
 * those of `stride: "v1.5"`) or VGG-16 or -19. {@linkcode loadWeights} reads both.
 * The file's metadata name the network, and have a checksum of its description.
 *
 * The file appears when it is whole; if writing fails, what was there stays.
 *
 * @param model The network. Its values are those of the moment of the call.
 * @param path The file, new or to be replaced.
 * @throws {Error} If torchvision has no name for a layer, no such network, or has
 * the stride of a bottleneck elsewhere (see {@linkcode loadWeights}).
 *
 * @example Usage
 * ```ts
 * import { cifarResNet } from "../networks/cifar.ts";
 * import { build } from "../networks/model.ts";
 * import { loadWeights } from "./load_weights.ts";
 * import { saveWeights } from "./save_weights.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile({ suffix: ".safetensors" });
 * const model = build(cifarResNet({ depth: 8 }), { seed: 1 });
 * await saveWeights(model, path);
 * const same = await loadWeights(cifarResNet({ depth: 8 }), path);
 * assertEquals(await same.values(), await model.values());
 * await Deno.remove(path);
 * ```
 */
export async function saveWeights(
  model: Model,
  path: string,
  options: SaveWeightsOptions = {},
): Promise<void> {
  const { naming = "project", metadata = [], batchesTracked = false } = options;
  const { network } = model;
  const forms = storedForms(network, naming);
  if (naming === "torchvision" && !options.allowOtherNetwork) {
    checkStrides(network);
    checkTorchvisionNetwork(network);
  }
  const values = await model.values();
  const tensors = forms.map(({ spec, name, shape, reversed }) => {
    const own = values.get(spec.name)!;
    values.delete(spec.name); // so that no more than one is held twice
    // Ours reversed are theirs.
    const [outputs = 0, inputs = 0, pixels = 0] = reversed ?? [];
    return float32Tensor(
      name,
      shape,
      reversed ? reverseAxes(own, [pixels, inputs, outputs]) : own,
    );
  });
  if (batchesTracked && naming === "torchvision") {
    tensors.push(...batchCounterNames(forms).map(zero));
  }
  const about = new Map([
    [NETWORK_KEY, network.name],
    [CHECKSUM_KEY, jsonChecksum(network)],
  ]);
  if (naming === "torchvision") about.set("format", "pt");
  for (const [key, words] of metadata) about.set(key, words);
  await writeSafetensors(path, tensors, { metadata: about });
}

function zero(name: string): StoredTensor {
  return { name, dtype: "I64", shape: [], bytes: new Uint8Array(8) };
}
