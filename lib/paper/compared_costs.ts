/** What a paper says of its network's cost. */
export interface ComparedCost {
  readonly name: string;
  /** Multiply-adds for one image, as printed. */
  readonly multiplyAdds: number;
  /** Where it is printed. */
  readonly source: string;
}

/**
 * Costs of networks that R15 compares its own with, as their own papers print
 * them; R15 prints only those of VGG (`R15_VGG_COSTS`).
 */
export const COMPARED_COSTS: readonly ComparedCost[] = [
  {
    name: "GoogLeNet",
    multiplyAdds: 1.5e9,
    source: "Szegedy et al. 2014, section 1: a budget",
  },
  {
    name: "PReLU-net A",
    multiplyAdds: 1.9e10,
    source: "He et al. 2015, Delving deep into rectifiers, Table 3",
  },
];
