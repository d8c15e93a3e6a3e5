import { checkInteger } from "./check_integer.ts";
import type { Dataset, LabelledImages } from "./dataset.ts";
import { datasetChecksum } from "./hash.ts";
import { createRandom, type Random } from "./random.ts";

/** Options of {@linkcode syntheticImages}. */
export interface SyntheticOptions {
  /**
   * Number of classes, 256 at most.
   *
   * @default {10}
   */
  classes?: number;
  /**
   * Images to learn from.
   *
   * @default {1000}
   */
  trainCount?: number;
  /**
   * Images to test on.
   *
   * @default {200}
   */
  testCount?: number;
  /**
   * Height in pixels.
   *
   * @default {32}
   */
  height?: number;
  /**
   * Width in pixels.
   *
   * @default {32}
   */
  width?: number;
  /**
   * Colour channels.
   *
   * @default {3}
   */
  channels?: number;
  /**
   * Seed of patterns and noise, a whole number from 0 to 2^32 - 1.
   *
   * @default {0}
   */
  seed?: number;
}

const PATTERN_STREAM = 0;
const TRAIN_STREAM = 1;
const TEST_STREAM = 2;

/** Waves that make up a pattern, of at most so many periods a side. */
const WAVES = 4;
const MAX_PERIODS = 3;

/** Standard deviations in pixel values: a pattern's, and the noise's on it. */
const PATTERN_CONTRAST = 30;
const NOISE = 30;

/**
 * Makes images that can be learnt, for tests: each class has a pattern of its
 * own, a sum of long waves in each channel, and each image is its class's
 * pattern, stronger or weaker, with noise of the same strength on it.
 *
 * Equal options make equal images. The classes take turns: image `i` has the
 * label `i % classes`.
 *
 * @param options Sizes and seed.
 * @returns The data set.
 * @throws {RangeError} If an option is not an integer in its range.
 */
export function syntheticImages(options: SyntheticOptions = {}): Dataset {
  const {
    classes = 10,
    trainCount = 1000,
    testCount = 200,
    height = 32,
    width = 32,
    channels = 3,
    seed = 0,
  } = options;
  const sizes = { classes, trainCount, testCount, height, width, channels };
  for (const [name, size] of Object.entries(sizes)) checkInteger(size, name, 1);
  if (classes > 256) {
    throw new RangeError(
      `Expected classes to be an integer from 1 to 256 but found ${classes}`,
    );
  }
  const patterns = Array.from(
    { length: classes },
    (_, label) =>
      makePattern(
        createRandom(seed, PATTERN_STREAM, label),
        height,
        width,
        channels,
      ),
  );
  const train = makeImages(
    patterns,
    trainCount,
    createRandom(seed, TRAIN_STREAM),
  );
  const test = makeImages(patterns, testCount, createRandom(seed, TEST_STREAM));
  return {
    name: "synthetic",
    height,
    width,
    channels,
    classes: patterns.map((_, label) => `pattern ${label}`),
    train,
    test,
    checksum: datasetChecksum(train, test),
    source: `made from seed ${seed}, no photographs`,
  };
}

/** A sum of waves of shape `[height, width, channels]`, mean square about 1. */
function makePattern(
  random: Random,
  height: number,
  width: number,
  channels: number,
): Float32Array {
  const pattern = new Float32Array(height * width * channels);
  for (let channel = 0; channel < channels; channel++) {
    for (let wave = 0; wave < WAVES; wave++) {
      const down = random.integer(2 * MAX_PERIODS + 1) - MAX_PERIODS;
      const right = 1 + random.integer(MAX_PERIODS);
      const phase = random.float();
      for (let pixel = 0; pixel < height * width; pixel++) {
        const row = Math.floor(pixel / width);
        const column = pixel % width;
        const turns = down * row / height + right * column / width + phase;
        pattern[pixel * channels + channel]! += Math.sqrt(2 / WAVES) *
          Math.cos(2 * Math.PI * turns);
      }
    }
  }
  return pattern;
}

function makeImages(
  patterns: readonly Float32Array[],
  count: number,
  random: Random,
): LabelledImages {
  const size = patterns[0]!.length;
  // Rounds, and keeps what lies outside at 0 or 255.
  const images = new Uint8ClampedArray(count * size);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = i % patterns.length;
    const pattern = patterns[labels[i]!]!;
    const contrast = PATTERN_CONTRAST * (0.5 + random.float());
    for (let j = 0; j < size; j++) {
      images[i * size + j] = 128 + contrast * pattern[j]! +
        NOISE * random.normal();
    }
  }
  return { images: new Uint8Array(images.buffer), labels, count };
}
