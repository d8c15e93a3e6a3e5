import { equal } from "@std/assert";
import type { CurvePoint, RunRecord } from "../records/schema.ts";

/** How two records of a run differ. */
export interface RecordDifference {
  /**
   * Whether curves and final errors are the same, to the digits kept; of a run
   * that was ended early, its curves.
   */
  readonly same: boolean;
  /** What differs, or that nothing does, in words. */
  readonly lines: readonly string[];
}

/**
 * What differs between two records of a run: curves and final errors, and, if
 * they do, what may be why: the machine, the versions.
 */
export function recordDifference(
  before: RunRecord,
  after: RunRecord,
): RecordDifference {
  const results = [
    ...curveLines("training curve", before.curves.train, after.curves.train),
    ...curveLines("test curve", before.curves.test, after.curves.test),
    ...curveLines(
      "validation curve",
      before.curves.validation ?? [],
      after.curves.validation ?? [],
    ),
    ...fieldLines("final", numbersOf(before.final), numbersOf(after.final)),
    ...fieldLines(
      "",
      { stoppedBy: before.stoppedBy },
      { stoppedBy: after.stoppedBy },
    ),
  ];
  const { load: _, ...hardware } = before.hardware;
  const { load: __, ...otherHardware } = after.hardware;
  // Older records do not say.
  if (hardware.instructions === undefined) delete otherHardware.instructions;
  const conditions = [
    ...fieldLines("hardware", hardware, otherHardware),
    ...fieldLines("software", before.software, after.software),
  ];
  const found = results.length === 0
    ? "curves and final errors"
    : sameUntilEnded(before, after);
  if (found !== undefined) {
    return {
      same: true,
      lines: [
        `The same as ${before.id}, to the six digits that records keep: ${found}`,
        ...conditions.length > 0 ? ["although:", ...conditions] : [],
      ],
    };
  }
  return {
    same: false,
    lines: [
      `Not the same as ${before.id}:`,
      ...results,
      ...conditions.length > 0
        ? ["What may be why:", ...conditions]
        : ["Machine and versions are the same"],
    ],
  };
}

/**
 * How far a run that was ended early went, if it is the same up to there: its
 * last point may lie between two of the other's.
 */
function sameUntilEnded(
  before: RunRecord,
  after: RunRecord,
): string | undefined {
  if (before.stoppedBy === after.stoppedBy) return undefined;
  if (!["time budget", "user"].includes(after.stoppedBy)) return undefined;
  const curves = ["train", "test", "validation"] as const;
  const pairs = curves.flatMap((key) =>
    (after.curves[key] ?? []).flatMap((point) => {
      const other = before.curves[key]?.find(({ step }) => step === point.step);
      return other === undefined ? [] : [[other, point] as const];
    })
  );
  const last = Math.max(...pairs.map(([, { step }]) => step));
  if (pairs.length === 0 || !pairs.every(([a, b]) => equal(a, b))) {
    return undefined;
  }
  return `curves up to step ${last}; then this run was ended by ${
    after.stoppedBy === "user" ? "the user" : "its time budget"
  }`;
}

/** Where two curves part, and by how much at most. */
function curveLines(
  name: string,
  before: readonly CurvePoint[],
  after: readonly CurvePoint[],
): string[] {
  if (equal(before, after)) return [];
  const steps = (curve: readonly CurvePoint[]) => curve.map(({ step }) => step);
  if (!equal(steps(before), steps(after))) {
    return [
      `  ${name}: ${before.length} points to step ${
        before.at(-1)?.step ?? 0
      }, now ${after.length} to step ${after.at(-1)?.step ?? 0}`,
    ];
  }
  const first = before.findIndex((point, i) => !equal(point, after[i]));
  const largest = (key: "loss" | "error") =>
    Math.max(
      ...before.map((point, i) => Math.abs(point[key] - after[i]![key])),
    );
  return [
    `  ${name}: from step ${before[first]!.step} on; loss by ${
      largest("loss").toPrecision(3)
    } at most, error by ${largest("error").toPrecision(3)} percentage points`,
  ];
}

function numbersOf(
  { evaluatedOn: _, ...numbers }: RunRecord["final"],
): Record<string, unknown> {
  return numbers;
}

function fieldLines(
  name: string,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => !equal(before[key], after[key])).map((key) =>
    `  ${`${name} ${key}`.trim()}: ${before[key]}, now ${after[key]}`
  );
}
