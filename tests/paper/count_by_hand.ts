/** A stage of residual units of the same filters. */
export interface Stage {
  readonly units: number;
  /** Filters and kernel size of each convolution of a unit. */
  readonly convolutions: readonly (readonly [filters: number, size: number])[];
}

/**
 * Parameters of a residual network by arithmetic, apart from the library: a
 * convolution of `k * k * inputs * outputs` has a normalisation of `2 * outputs`,
 * a projection where the number of channels changes likewise, and the fully
 * connected layer has a bias.
 */
export function countByHand(
  stem: readonly [filters: number, size: number],
  stages: readonly Stage[],
  classes: number,
): { kernels: number; norms: number; classifier: number } {
  let [kernels, norms] = [stem[1] ** 2 * 3 * stem[0], 2 * stem[0]];
  let channels = stem[0];
  const add = (inputs: number, outputs: number, size: number) => {
    kernels += size ** 2 * inputs * outputs;
    norms += 2 * outputs;
  };
  for (const { units, convolutions } of stages) {
    for (let unit = 0; unit < units; unit++) {
      const last = convolutions.at(-1)?.[0] ?? channels;
      if (last !== channels) add(channels, last, 1);
      for (const [filters, size] of convolutions) {
        add(channels, filters, size);
        channels = filters;
      }
    }
  }
  return { kernels, norms, classifier: (channels + 1) * classes };
}
