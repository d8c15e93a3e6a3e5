/** Images with their labels, as bytes. */
export interface LabelledImages {
  /** Pixels of shape `[count, height, width, channels]`, row-major, 0 to 255. */
  readonly images: Uint8Array;
  /** Class indices of shape `[count]`. */
  readonly labels: Uint8Array;
  /** Number of images. */
  readonly count: number;
}

/** What is known of a data set, however its images are read. */
export interface DatasetFacts {
  /** The data set's own name, such as "CIFAR-10". */
  readonly name: string;
  /** Colour channels of an image. */
  readonly channels: number;
  /** Names of the classes, by label. */
  readonly classes: readonly string[];
  /** Images to learn from. */
  readonly train: { readonly count: number };
  /** Images to measure the error on, never to learn from. */
  readonly test: { readonly count: number };
  /** `sha256:` and a hash of what the data set is. */
  readonly checksum: string;
  /** Where the images came from, in words for the reader. */
  readonly source: string;
}

/**
 * A data set for image classification, wholly in memory. Its checksum is of all
 * bytes: train images and labels, then test images and labels.
 */
export interface Dataset extends DatasetFacts {
  /** Height of an image in pixels. */
  readonly height: number;
  /** Width of an image in pixels. */
  readonly width: number;
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}
