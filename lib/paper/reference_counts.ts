/** Exact counts of a network, where the papers print rounded ones. */
export interface ReferenceCount {
  readonly name: string;
  /** Trainable parameters. */
  readonly parameters: number;
}

/**
 * Trainable parameters of R15's networks for ImageNet and of the VGG nets, as in
 * public implementations (torchvision): ResNets of option B, 1000 classes.
 */
export const IMAGENET_COUNTS: readonly ReferenceCount[] = [
  { name: "ResNet-18", parameters: 11_689_512 },
  { name: "ResNet-34", parameters: 21_797_672 },
  { name: "ResNet-50", parameters: 25_557_032 },
  { name: "ResNet-101", parameters: 44_549_160 },
  { name: "ResNet-152", parameters: 60_192_808 },
  { name: "VGG-16", parameters: 138_357_544 },
  { name: "VGG-19", parameters: 143_667_240 },
];

/**
 * Trainable parameters of R15's ResNets for CIFAR-10 with option A, by depth:
 * `269,722 + (n - 3) * 97,216` for `6n + 2` layers.
 */
export const CIFAR_COUNTS: readonly ReferenceCount[] = [
  { name: "ResNet-20", parameters: 269_722 },
  { name: "ResNet-32", parameters: 464_154 },
  { name: "ResNet-44", parameters: 658_586 },
  { name: "ResNet-56", parameters: 853_018 },
  { name: "ResNet-110", parameters: 1_727_962 },
  { name: "ResNet-1202", parameters: 19_421_274 },
];

/**
 * Multiply-adds of R15's ResNets for CIFAR-10 in convolutions and the fully
 * connected layer, in millions to two and one decimals.
 */
export const CIFAR_MILLION_MULTIPLY_ADDS = {
  "ResNet-20": 40.55,
  "ResNet-56": 125.5,
} as const;
