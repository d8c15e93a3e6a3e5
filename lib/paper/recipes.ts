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
