import type { LayerResponse, NetworkResponses } from "./layer_responses.ts";

/**
 * How far a response's standard deviation is from 1, which batch normalisation
 * gives it before training: `max(s, 1 / s)`. Twice as much as 1 is as far as
 * half of it.
 */
export function timesFromOne(
  { deviation }: Pick<LayerResponse, "deviation">,
): number {
  return Math.max(deviation, 1 / deviation);
}

/** The response that is furthest from 1; `undefined` if there is none. */
export function furthestResponse(
  responses: readonly LayerResponse[],
): LayerResponse | undefined {
  return responses.toSorted((a, b) => timesFromOne(b) - timesFromOne(a))[0];
}

/**
 * Networks without the one that has the furthest response of all, whose scale
 * would hide those of the others in a figure.
 */
export function withoutFurthest<Network extends NetworkResponses>(
  networks: readonly Network[],
): Network[] {
  const far = networks.map(({ responses }) => {
    const furthest = furthestResponse(responses);
    return furthest === undefined ? 0 : timesFromOne(furthest);
  });
  const place = far.indexOf(Math.max(...far));
  return networks.filter((_, i) => i !== place);
}
