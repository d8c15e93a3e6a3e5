import type { Point } from "./marks.ts";

/** Length of the head of an arrow, which is as wide. */
function headLength(width: number): number {
  return 6 + Math.max(0, 3 * (width - 1.5));
}

/** How round the corners of lines are. */
const CORNER = 7;

/** The path of the head of an arrow along points, for a line of a width. */
export function headAt(points: readonly Point[], width: number): string {
  const [[x, y], [right, down]] = lastStep(points);
  const length = headLength(width);
  const half = length / 2;
  const base: Point = [x - length * right, y - length * down];
  const corners: Point[] = [
    [x, y],
    [base[0] + half * down, base[1] + half * right],
    [base[0] - half * down, base[1] - half * right],
  ];
  return `M${corners.map(show).join("L")}Z`;
}

/** The end of a line, and its last direction as a vector of length 1. */
function lastStep(points: readonly Point[]): [end: Point, direction: Point] {
  const [[x0, y0] = [0, 0], [x, y] = [0, 0]] = points.slice(-2);
  return [[x, y], unitVector([x - x0, y - y0])];
}

function unitVector([x, y]: Point): Point {
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
}

/** Points of a line that ends inside its arrow's head. */
export function shortened(points: readonly Point[], width: number): Point[] {
  const [[x, y], [right, down]] = lastStep(points);
  const short = headLength(width) - 1;
  return [...points.slice(0, -1), [x - short * right, y - short * down]];
}

/** The path of a line with rounded corners. */
export function pathThrough(points: readonly Point[]): string {
  return points.map((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (before === undefined) return `M${show(point)}`;
    if (after === undefined) return `L${show(point)}`;
    return `L${show(towards(point, before))}Q${show(point)} ${
      show(towards(point, after))
    }`;
  }).join("");
}

/** The point on the way to another where a rounded corner begins. */
function towards([x, y]: Point, [toX, toY]: Point): Point {
  const [right, down] = unitVector([toX - x, toY - y]);
  const length = Math.min(CORNER, Math.hypot(toX - x, toY - y) / 2);
  return [x + length * right, y + length * down];
}

function show([x, y]: Point): string {
  return `${fixed(x)} ${fixed(y)}`;
}

/** A number of pixels with one decimal, which is all that the eye sees. */
export function fixed(value: number): number {
  return Math.round(value * 10) / 10 || 0;
}
