import type { CurvePoint, CurveRun } from "../../lib/plots/learning_curves.ts";

/** Runs of the four networks with curves that fall from 90 % to a level. */
export function exampleRuns(): CurveRun[] {
  const levels = {
    "plain-20": 32,
    "plain-56": 45,
    "ResNet-20": 30,
    "ResNet-56": 25,
  };
  return Object.entries(levels).map(([name, level]) => ({
    name,
    curves: {
      train: falling(level, 20, 30),
      test: falling(level + 3, 100, 7),
    },
  }));
}

function falling(level: number, every: number, count: number): CurvePoint[] {
  return Array.from({ length: count }, (_, index) => {
    const step = index * every;
    const rest = Math.exp(-step / 200);
    return {
      step,
      loss: 0.5 + 1.8 * rest,
      error: level + (90 - level) * rest,
    };
  });
}
