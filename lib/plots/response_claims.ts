import type { Holds } from "../records/errs_less.ts";
import { mean } from "../records/mean.ts";
import type { NetworkResponses } from "../measurements/layer_responses.ts";
import { isPlain, nameParts } from "./house_look.ts";

/** What R15 says of two networks' responses, beside ours. */
export interface ResponseClaim {
  readonly claim: string;
  /** Where the paper says so. */
  readonly paper: string;
  /** The means of our deviations. */
  readonly ours: string;
  readonly holds: Holds;
}

/** Means that differ by a smaller part of the larger one cannot tell. */
const LEAST_PART = 0.05;

/**
 * What R15 reads from Fig. 7, beside what was measured: "ResNets have generally
 * smaller responses than their plain counterparts" and "the deeper ResNet has
 * smaller magnitudes of responses" (section 4.2). Networks are compared by the
 * mean of their layers' standard deviations. The paper prints no figures there.
 *
 * @returns A row for each ResNet with a plain counterpart, and one for each two
 * ResNets that follow each other in depth.
 */
export function responseClaims(
  networks: readonly NetworkResponses[],
): ResponseClaim[] {
  const known = networks.map(({ name, responses }) => ({
    name,
    ...nameParts(name),
    mean: mean(responses.map(({ deviation }) => deviation)),
  }));
  const plain = known.filter(({ family }) => isPlain(family));
  const residual = known.filter(({ family }) => !isPlain(family))
    .toSorted((a, b) => (a.depth ?? 0) - (b.depth ?? 0));
  const claim = (smaller: typeof known[0], larger: typeof known[0]) => ({
    claim: `${smaller.name} responds less than ${larger.name}`,
    paper: "Fig. 7, curves only",
    ours: `${smaller.mean.toFixed(3)} against ${larger.mean.toFixed(3)}`,
    holds: respondsLess(smaller.mean, larger.mean),
  });
  return [
    ...residual.flatMap((one) =>
      plain.filter(({ depth }) => depth === one.depth)
        .map((other) => claim(one, other))
    ),
    ...residual.slice(1).map((one, i) => claim(one, residual[i]!)),
  ];
}

function respondsLess(smaller: number, larger: number): Holds {
  const difference = larger - smaller;
  if (Math.abs(difference) < LEAST_PART * Math.max(smaller, larger)) {
    return "cannot tell";
  }
  return difference > 0;
}
