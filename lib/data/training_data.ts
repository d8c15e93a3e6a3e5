import type { FolderImage } from "../images/image_folder.ts";
import type { Dataset, DatasetFacts } from "./dataset.ts";

/** Images that are read while a network trains, in no order of classes. */
export interface StreamedImages {
  readonly count: number;
  readonly files: readonly FolderImage[];
}

/** A data set whose images are read from their files while a network trains. */
export interface StreamedDataset extends DatasetFacts {
  readonly channels: 3;
  /** The folder that all of them lie in. */
  readonly directory: string;
  readonly train: StreamedImages;
  readonly test: StreamedImages;
  /**
   * What to do about an image that cannot be decoded: throw an error that names
   * it, or leave it out.
   */
  readonly onBroken: "throw" | "skip";
  /**
   * Told of each image that is left out, once; of a run that goes on from a
   * checkpoint not of those that it left out before.
   */
  readonly onMessage: (message: string) => void;
}

/** What a network can be trained on. */
export type TrainingData = Dataset | StreamedDataset;

/**
 * Whether a data set's images are read while a network trains.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { syntheticImages } from "./synthetic.ts";
 * import { isStreamed } from "./training_data.ts";
 *
 * const dataset = syntheticImages({ trainCount: 2, testCount: 2 });
 * assertEquals(isStreamed(dataset), false);
 * ```
 */
export function isStreamed(data: TrainingData): data is StreamedDataset {
  return "files" in data.train;
}

/**
 * Refuses a data set whose images are read from their files.
 *
 * @param by What judges on those.
 * @throws {TypeError} If it is one.
 */
export function checkInMemory(data: TrainingData, by: string): void {
  if (!isStreamed(data)) return;
  throw new TypeError(
    `Expected a data set in memory but found ${data.name}, whose images are read from their files: ${by}`,
  );
}
