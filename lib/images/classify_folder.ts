import type * as tf from "@tensorflow/tfjs";
import type { Model } from "../networks/model.ts";
import { checkClasses } from "../training/check_classes.ts";
import { classScores, type ScoreOptions } from "./class_scores.ts";
import { BrokenImageError } from "./decode_image.ts";
import type { FolderImage, ImageFolder } from "./image_folder.ts";
import { decodedImages, type ReadOptions } from "./decoded_images.ts";
import { NarrowImageError } from "./judging_views.ts";

/** What a network says of an image. */
export interface Classified extends FolderImage {
  /** The five most probable classes, or all if they are fewer. */
  readonly best: readonly {
    readonly label: number;
    /** The name of the class. */
    readonly name: string;
    readonly probability: number;
  }[];
}

/** How a network does on a folder's images. */
export interface FolderEvaluation {
  /** Images whose most probable class is wrong, in percent. */
  readonly top1Error: number;
  /** Images whose class is not among the five most probable, in percent. */
  readonly top5Error: number;
  /** Images judged. */
  readonly images: number;
  /** Each of them, in order. */
  readonly classified: readonly Classified[];
  /** Images that were left out, with what is wrong with them. */
  readonly skipped: readonly BrokenImageError[];
}

/** Classes that may be right for the "top-5 error" of ImageNet. */
export const TOP = 5;

/**
 * Classifies the images of a folder.
 *
 * With given weights, such as torchvision's, and names of their 1,000 classes:
 *
 * ```ts ignore
 * await useBackend();
 * const model = await loadWeights(
 *   imageNetResNet({ depth: 50, stride: "v1.5" }),
 *   "resnet50.safetensors",
 *   { naming: "torchvision" },
 * );
 * // Folders named as the classes are ("n01440764", ...): those of validation
 * // images are sorted as the weights' labels are. A folder that has only some of
 * // the classes needs the whole list.
 * const classes = (await Deno.readTextFile("classes.txt")).trim().split("\n");
 * const folder = await imageFolder("photographs", { classes });
 * const { top1Error, classified } = await classifyFolder(model, folder, {
 *   normalisation: TORCHVISION_NORMALISATION,
 *   views: "ten-crop",
 *   onBroken: "skip",
 * });
 * console.log(top1Error, classified[0]?.best[0]?.name);
 * ```
 *
 * @throws {BrokenImageError} At an image that cannot be decoded, or is too long
 * and narrow for its scales, unless these are skipped.
 * @throws {RangeError} If the network has not as many classes as the folder, or
 * an option is out of its range.
 * @throws {Error} If no image can be decoded, or the backend is not
 * "tensorflow".
 */
export async function classifyFolder(
  model: Model,
  folder: ImageFolder,
  options: ScoreOptions & ReadOptions,
): Promise<FolderEvaluation> {
  checkFolder(model, folder);
  const classified: Classified[] = [];
  const skipped: BrokenImageError[] = [];
  for await (const read of decodedImages(folder, options)) {
    if ("broken" in read) {
      skipped.push(read.broken);
      continue;
    }
    let scores: tf.Tensor1D;
    try {
      scores = await classScores(model, read.pixels, options);
    } catch (cause) {
      if (!(cause instanceof NarrowImageError)) throw cause;
      const { path } = read.image;
      const broken = new BrokenImageError(path, cause.message, { cause });
      if (options.onBroken !== "skip") throw broken;
      skipped.push(broken);
      continue;
    }
    const probabilities = await scores.data();
    scores.dispose();
    const best = Array.from(probabilities, (probability, label) => ({
      label,
      name: folder.classes[label] ?? "",
      probability,
    })).sort((a, b) => b.probability - a.probability).slice(0, TOP);
    classified.push({ ...read.image, best });
  }
  if (classified.length === 0) {
    throw new Error(`Expected an image in ${folder.directory} but found none`, {
      cause: skipped[0],
    });
  }
  const errors = (top: number) =>
    classified.filter(({ label, best }) =>
      !best.slice(0, top).some((one) => one.label === label)
    ).length;
  const percent = (count: number) => 100 * count / classified.length;
  return {
    top1Error: percent(errors(1)),
    top5Error: percent(errors(TOP)),
    images: classified.length,
    classified,
    skipped,
  };
}

function checkFolder({ network }: Model, folder: ImageFolder): void {
  const { classes, directory } = folder;
  const outputs = checkClasses(network, { name: directory, classes });
  if (classes.length === outputs) return;
  throw new RangeError(
    `Expected ${directory} to have the ${outputs} classes of ${network.name} but found ${classes.length}: give the names of all classes`,
  );
}
