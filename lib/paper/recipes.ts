/**
 * How the papers train.
 *
 * @module
 */

/** R15 section 3.4: on ImageNet. */
export const R15_IMAGENET_RECIPE = {
  paper: "R15",
  section: "3.4",
  batchSize: 256,
  momentum: 0.9,
  weightDecay: 1e-4,
  /** At the start; divided by 10 when the error stands still. */
  learningRate: 0.1,
  mostSteps: 60e4,
  dropout: null,
  initialisation: "He",
  /** Batch normalisation stands after each convolution, before activation. */
  batchNorm: "after convolution",
  /**
   * The shorter side is drawn from a range and a crop of the image or its mirror
   * image is taken, the per-pixel mean subtracted; colours as in AlexNet.
   */
  augmentation: { shorterSide: [256, 480], crop: 224, flip: true },
} as const;

/** R15 section 4.2: on CIFAR-10. */
export const R15_CIFAR_RECIPE = {
  paper: "R15",
  section: "4.2",
  batchSize: 128,
  momentum: 0.9,
  weightDecay: 1e-4,
  /** At the start; divided by 10 at each milestone. */
  learningRate: 0.1,
  milestones: [32000, 48000],
  steps: 64000,
  dropout: null,
  initialisation: "He",
  /** Images to learn from and to choose by, of the 50,000 for training. */
  split: { train: 45000, validation: 5000 },
  /** Training images are padded, cropped at random and flipped at random. */
  augmentation: { padding: 4, crop: 32, flip: true },
  /** Of ResNet-110: until the training error is below so many per cent. */
  warmUp: {
    network: "ResNet-110",
    learningRate: 0.01,
    untilTrainError: 80,
    aboutSteps: 400,
  },
} as const;

/** R16: how every training on CIFAR begins. */
export const R16_WARM_UP = {
  paper: "R16",
  learningRate: 0.01,
  steps: 400,
} as const;

/**
 * R16 Table 4 (the 4.62 %): of ResNet-1001, a mini-batch of half the size. The
 * paper says nothing else about it.
 */
export const R16_SMALL_BATCH = {
  paper: "R16",
  network: "ResNet-1001",
  batchSize: 64,
} as const;

/**
 * The study note's ResNet-56 on CIFAR-10. Its learning rate falls with the
 * epochs; when, the note does not say.
 */
export const STUDY_NOTE_RECIPE = {
  network: "ResNet-56",
  epochs: 200,
  trainImages: 50000,
  batchSize: 128,
} as const;

/**
 * Glorot and Bengio 2010, section 2: plain stochastic gradient descent. The
 * learning rate is chosen for each network by the validation error after 5
 * million updates; the paper prints none.
 */
export const GLOROT_BENGIO_RECIPE = {
  paper: "Glorot and Bengio 2010",
  section: "2",
  batchSize: 10,
  momentum: 0,
  mostSteps: 5e6,
  initialisation: "standard",
} as const;

/**
 * Srivastava et al. 2015, "Highway networks", section 3: SGD with momentum, a
 * rate that falls by a fixed schedule, chosen once on CIFAR-10; its numbers are
 * not printed.
 */
export const HIGHWAY_RECIPE = {
  paper: "Srivastava et al. 2015",
  section: "3",
  optimiser: "SGD with momentum",
} as const;
