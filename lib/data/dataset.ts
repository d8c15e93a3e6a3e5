/** Images with their labels, as bytes. */
export interface LabelledImages {
  /** Pixels of shape `[count, height, width, channels]`, row-major, 0 to 255. */
  readonly images: Uint8Array;
  /** Class indices of shape `[count]`. */
  readonly labels: Uint8Array;
  /** Number of images. */
  readonly count: number;
}

/** A data set for image classification, wholly in memory. */
export interface Dataset {
  /** The data set's own name, such as "CIFAR-10". */
  readonly name: string;
  /** Height of an image in pixels. */
  readonly height: number;
  /** Width of an image in pixels. */
  readonly width: number;
  /** Colour channels of an image. */
  readonly channels: number;
  /** Names of the classes, by label. */
  readonly classes: readonly string[];
  /** Images to learn from. */
  readonly train: LabelledImages;
  /** Images to measure the error on, never to learn from. */
  readonly test: LabelledImages;
  /** `sha256:` and the hash of all bytes: train images and labels, then test images and labels. */
  readonly checksum: string;
  /** Where the bytes came from, in words for the reader. */
  readonly source: string;
}
