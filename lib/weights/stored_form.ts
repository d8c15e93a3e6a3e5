import { checkOneOf } from "../data/check_one_of.ts";
import type { Network } from "../networks/layer.ts";
import { type TensorSpec, tensorSpecs } from "../networks/parameters.ts";
import { torchvisionForms } from "./torchvision.ts";

/** All namings that there are. */
const WEIGHT_NAMINGS = ["project", "torchvision"] as const;

/**
 * Whose names and layouts a file of weights has: this project's
 * ("stage1/unit1/conv1/kernel", `[height, width, inputs, outputs]`), or those of
 * torchvision's ResNets and VGGs ("layer1.0.conv1.weight", `[outputs, inputs,
 * height, width]`).
 */
export type WeightNaming = typeof WEIGHT_NAMINGS[number];

/** How a tensor of a network stands in a file. */
export interface StoredForm {
  /** The tensor of the network. */
  readonly spec: TensorSpec;
  /** Its name in the file. */
  readonly name: string;
  /** Its shape in the file. */
  readonly shape: readonly number[];
  /**
   * The lengths of its axes in the file, if they are in the reverse of our
   * order; else its values are in ours.
   */
  readonly reversed?: readonly [
    outputs: number,
    inputs: number,
    pixels: number,
  ];
}

/**
 * How each tensor of a network stands in a file.
 *
 * @throws {Error} If torchvision has no name for a layer.
 * @throws {RangeError} If there is no such naming.
 */
export function storedForms(
  network: Network,
  naming: WeightNaming,
): StoredForm[] {
  checkOneOf(naming, WEIGHT_NAMINGS, "naming");
  switch (naming) {
    case "project":
      return tensorSpecs(network).map((spec) => ({
        spec,
        name: spec.name,
        shape: spec.shape,
      }));
    case "torchvision":
      return torchvisionForms(network);
  }
}
