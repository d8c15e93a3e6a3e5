import type { IdentityRun } from "./learn_identity.ts";

/** The last error of the stack over that of the unit: the median over seeds. */
export function identityFactor(
  runs: readonly IdentityRun[],
): number | undefined {
  const last = (kind: IdentityRun["kind"], seed: number) =>
    runs.find((run) => run.kind === kind && run.seed === seed)?.losses.at(-1);
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  const factors = seeds.map((seed) =>
    (last("plain", seed) ?? NaN) / (last("residual", seed) ?? NaN)
  ).filter((factor) => factor > 0).toSorted((a, b) => a - b);
  return factors[Math.floor(factors.length / 2)];
}
