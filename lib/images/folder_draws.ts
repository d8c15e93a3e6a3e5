import type { Draws } from "../training/stepper.ts";
import {
  type ImageBatch,
  imageBatches,
  type ImageBatchOptions,
} from "./image_batches.ts";
import type { ImageFolder } from "./image_folder.ts";

/** Mini-batches of {@linkcode imageBatches}, one for each step. */
export class FolderDraws implements Draws<ImageBatch> {
  readonly #batches: AsyncGenerator<ImageBatch, never>;
  #step: number;

  /** @param options `step`: the one to begin at. */
  constructor(
    folder: Pick<ImageFolder, "images">,
    options: ImageBatchOptions,
  ) {
    this.#batches = imageBatches(folder, options);
    this.#step = options.step ?? 0;
  }

  get step(): number {
    return this.#step;
  }

  /** The next mini-batch, which is the caller's. */
  async next(): Promise<ImageBatch> {
    const { value } = await this.#batches.next();
    this.#step++;
    return value;
  }

  async dispose(): Promise<void> {
    // Its end comes as an exception of the type, which has no other values.
    await this.#batches.return(undefined as never);
  }
}
