import type { Network } from "../networks/layer.ts";
import type { Model } from "../networks/model.ts";
import { loadWeights } from "../weights/load_weights.ts";
import { type FolderImage, imageFolder } from "./image_folder.ts";
import type { ScoreOptions } from "./class_scores.ts";
import { classifyFolder, type FolderEvaluation } from "./classify_folder.ts";

/** Images and weights that the environment names. */
export interface GivenImages {
  /** `IMAGENET_DIR`: a folder with one folder a class. */
  readonly directory?: string;
  /** `IMAGENET_WEIGHTS`: a safetensors file with torchvision's names. */
  readonly weights?: string;
  /**
   * `IMAGENET_CLASSES`: a text file with the names of all classes that the
   * weights know, a line each, if the folder has only some.
   */
  readonly classes?: string;
  /** The variables of the first two that are not set. */
  readonly missing: readonly string[];
}

/**
 * What is given to classify, by environment variables.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { givenImages } from "./given_images.ts";
 *
 * const { directory, missing } = givenImages({ IMAGENET_DIR: "val" });
 * assertEquals(directory, "val");
 * assertEquals(missing, ["IMAGENET_WEIGHTS"]);
 * ```
 *
 * @param variables Default those of the process.
 */
export function givenImages(
  variables: Readonly<Record<string, string>> = Deno.env.toObject(),
): GivenImages {
  const {
    IMAGENET_DIR: directory,
    IMAGENET_WEIGHTS: weights,
    IMAGENET_CLASSES: classes,
  } = variables;
  return {
    ...directory && { directory },
    ...weights && { weights },
    ...classes && { classes },
    missing: [
      ...directory ? [] : ["IMAGENET_DIR"],
      ...weights ? [] : ["IMAGENET_WEIGHTS"],
    ],
  };
}

/** Options of {@linkcode classifyGiven}. */
export interface ClassifyGivenOptions extends ScoreOptions {
  /** Images that are classified at most, evenly spread. Default all. */
  readonly most?: number;
}

/**
 * Classifies given images by a network of given weights; those that cannot be
 * decoded are left out, and named in the result.
 *
 * @param network As the weights were trained: torchvision's from 50 layers on
 * have `stride: "v1.5"`.
 * @throws {Error} If images or weights are not given, or do not fit (see
 * {@linkcode imageFolder}, {@linkcode loadWeights}, {@linkcode classifyFolder}).
 */
export async function classifyGiven(
  network: Network,
  given: GivenImages,
  { most = Infinity, ...options }: ClassifyGivenOptions,
): Promise<FolderEvaluation> {
  const { directory, weights, classes, missing } = given;
  if (directory === undefined || weights === undefined) {
    throw new Error(`Expected ${missing.join(" and ")} but found none`);
  }
  const names = classes === undefined
    ? undefined
    : (await Deno.readTextFile(classes)).trim().split(/\r?\n/);
  const folder = await imageFolder(directory, names && { classes: names });
  const model: Model = await loadWeights(network, weights, {
    naming: "torchvision",
  });
  try {
    const images = spread(folder.images, most);
    return await classifyFolder(model, { ...folder, images }, {
      ...options,
      onBroken: "skip",
    });
  } finally {
    model.dispose();
  }
}

/** At most so many of them, evenly spread. */
function spread(
  images: readonly FolderImage[],
  most: number,
): readonly FolderImage[] {
  if (images.length <= most) return images;
  return Array.from(
    { length: most },
    (_, i) => images[Math.floor(i * images.length / most)]!,
  );
}
