import * as tf from "@tensorflow/tfjs";
import type { Network } from "../networks/layer.ts";
import { Model } from "../networks/model.ts";
import { checkOrigin } from "./check_origin.ts";
import type { DataType } from "./data_type.ts";
import { openSafetensors, type SafetensorsFile } from "./read_safetensors.ts";
import { reverseAxes } from "./reverse_axes.ts";
import { show } from "./show.ts";
import {
  type StoredForm,
  storedForms,
  type WeightNaming,
} from "./stored_form.ts";
import { toFloat32 } from "./to_float32.ts";
import { batchCounterNames } from "./torchvision.ts";

/** Options of {@linkcode loadWeights}. */
export interface LoadWeightsOptions {
  /** Whose names and layouts the file has. Default "project". */
  readonly naming?: WeightNaming;
  /** Whether the file may hold tensors that the network has not. Default false. */
  readonly allowExtra?: boolean;
  /**
   * Whether the weights may be of another network, if only all tensors fit: one
   * with other strides or activations, which computes something else with them.
   * Default false.
   */
  readonly allowOtherNetwork?: boolean;
}

/** Data types that weights are read from. */
const FLOATS: readonly DataType[] = ["F64", "F32", "BF16", "F16"];

/**
 * Gives a network the weights of a safetensors file, running statistics
 * included: a checkpoint of {@linkcode saveWeights}, or torchvision's weights of
 * a ResNet or VGG.
 *
 * Tensors fit networks that differ in what has no weights, such as strides. A
 * file of {@linkcode saveWeights} names its network, and another one is refused.
 * torchvision's ResNet-50, -101 and -152 were trained with the stride on the 3x3
 * convolutions: their weights are refused unless the network is built with
 * `stride: "v1.5"` (R15 has it on the first 1x1 convolution).
 *
 * torchvision's networks were trained on RGB images from 0 to 1, of which the
 * means 0.485, 0.456, 0.406 are subtracted and which are divided by 0.229,
 * 0.224, 0.225.
 *
 * @param target A network that runs, which is changed when all is found right,
 * and not at all before; or a description, of which one is made.
 * @param path The file.
 * @returns The network that runs.
 * @throws {TypeError} If the file is no safetensors file.
 * @throws {Error} If a tensor is missing or of another shape, or there are
 * others; the first is named with both shapes. If the weights are of another
 * network.
 *
 * @example torchvision's ResNet-50, from PyTorch by
 * `safetensors.torch.save_file(resnet50(weights="DEFAULT").state_dict(), path)`
 * ```ts ignore
 * import { imageNetResNet } from "../networks/imagenet.ts";
 * import { loadWeights } from "./load_weights.ts";
 *
 * const network = imageNetResNet({ depth: 50, stride: "v1.5" });
 * const model = await loadWeights(network, "resnet50.safetensors", {
 *   naming: "torchvision",
 * });
 * ```
 */
export async function loadWeights(
  target: Model | Network,
  path: string,
  options: LoadWeightsOptions = {},
): Promise<Model> {
  const network = target instanceof Model ? target.network : target;
  const values = await readValues(network, path, options);
  if (!(target instanceof Model)) return new Model(target, values);
  assign(target, values);
  return target;
}

async function readValues(
  network: Network,
  path: string,
  options: LoadWeightsOptions,
): Promise<Map<string, Float32Array>> {
  const { naming = "project", allowExtra = false, allowOtherNetwork = false } =
    options;
  const forms = storedForms(network, naming);
  using file = await openSafetensors(path);
  for (const form of forms) checkForm(form, file, network, naming);
  if (!allowExtra) checkExtra(forms, file, network, naming);
  if (!allowOtherNetwork) checkOrigin(network, file, naming);
  const values = new Map<string, Float32Array>();
  for (const { spec, name, reversed } of forms) {
    const stored = toFloat32(await file.read(name));
    values.set(spec.name, reversed ? reverseAxes(stored, reversed) : stored);
  }
  return values;
}

function checkForm(
  { spec, name, shape }: StoredForm,
  file: SafetensorsFile,
  network: Network,
  naming: WeightNaming,
): void {
  const found = file.tensors.get(name);
  const tensor = `tensor ${show(name)} of ${file.path}`;
  const owner = `${spec.name} of ${network.name}`;
  if (found === undefined) {
    throw new Error(
      `Expected ${file.path} to have tensor ${show(name)} of shape ${
        formatShape(shape)
      }, for ${owner}, but found none${hint(file, naming)}`,
    );
  }
  if (found.shape.join() !== shape.join()) {
    throw new Error(
      `Expected ${tensor} to have shape ${
        formatShape(shape)
      }, for ${owner}, but found ${formatShape(found.shape)}`,
    );
  }
  if (!FLOATS.includes(found.dtype)) {
    throw new Error(
      `Expected ${tensor} to have a dtype of ${
        FLOATS.join(", ")
      }, for ${owner}, but found ${found.dtype}`,
    );
  }
}

function checkExtra(
  forms: readonly StoredForm[],
  file: SafetensorsFile,
  network: Network,
  naming: WeightNaming,
): void {
  const known = new Set(forms.map(({ name }) => name));
  if (naming === "torchvision") {
    for (const name of batchCounterNames(forms)) known.add(name);
  }
  const extra = [...file.tensors.values()].filter(({ name }) =>
    !known.has(name)
  );
  const [first] = extra;
  if (first === undefined) return;
  const others = extra.length > 1 ? ` and ${extra.length - 1} more` : "";
  throw new Error(
    `Expected ${file.path} to have tensors of ${network.name} only but found ${
      show(first.name)
    } of shape ${
      formatShape(first.shape)
    }${others} (allowExtra: true leaves them out)`,
  );
}

/** Says so if the file's names are of the other kind: only ours have a slash. */
function hint(file: SafetensorsFile, naming: WeightNaming): string {
  const ours = file.tensors.keys().some((name) => name.includes("/"));
  if (file.tensors.size === 0 || ours === (naming === "project")) return "";
  const other: WeightNaming = ours ? "project" : "torchvision";
  return ` (its names look like those of naming: "${other}")`;
}

function assign(
  model: Model,
  values: ReadonlyMap<string, Float32Array>,
): void {
  // All tensors are made before the first is assigned: to make one may fail.
  const tensors = model.specs.map(({ name, shape }) =>
    tf.tensor(values.get(name)!, [...shape])
  );
  model.specs.forEach(({ name }, i) => model.tensor(name).assign(tensors[i]!));
  tf.dispose(tensors);
}

function formatShape(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}
