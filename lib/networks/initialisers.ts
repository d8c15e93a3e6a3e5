import { checkFinite } from "../data/check_finite.ts";
import { checkOneOf } from "../data/check_one_of.ts";
import { checkOptions } from "../data/check_options.ts";
import type { Random } from "../data/random.ts";
import { orthogonalRows } from "./orthogonal_rows.ts";
import type { TensorSpec } from "./parameters.ts";

/** A kernel that values are drawn for. */
export type KernelShape = Pick<TensorSpec, "shape" | "fanIn" | "fanOut">;

/** How kernels are drawn. */
export interface Initialiser {
  /** Such as "He normal, fan-in". */
  readonly name: string;
  /** Draws a kernel's values. */
  readonly draw: (kernel: KernelShape, random: Random) => Float32Array;
}

/** The two numbers of connections that a variance can be kept by. */
const FANS = ["in", "out"] as const;

/** Whose variance an initialiser keeps: activations' or gradients'. */
export interface FanOption {
  /**
   * "in" keeps the variance of activations from layer to layer, "out" that of
   * gradients on their way back. Default "in".
   */
  readonly fan?: typeof FANS[number];
}

/**
 * The standard initialisation that Glorot and Bengio 2010 start from (eq. 1):
 * uniform between `-1 / sqrt(fanIn)` and `1 / sqrt(fanIn)`, of variance
 * `1 / (3 * fanIn)`.
 */
export function standardUniform(): Initialiser {
  return uniform("standard uniform", ({ fanIn }) => 1 / Math.sqrt(fanIn));
}

/**
 * A normal distribution of variance `2 / (fanIn + fanOut)` (Glorot and Bengio
 * 2010, eq. 12).
 */
export function xavierNormal(): Initialiser {
  return normal(
    "Xavier normal",
    ({ fanIn, fanOut }) => Math.sqrt(2 / (fanIn + fanOut)),
  );
}

/**
 * Uniform between `-bound` and `bound = sqrt(6 / (fanIn + fanOut))`: of variance
 * `2 / (fanIn + fanOut)` (Glorot and Bengio 2010, eq. 16, "normalized
 * initialization").
 */
export function xavierUniform(): Initialiser {
  return uniform(
    "Xavier uniform",
    ({ fanIn, fanOut }) => Math.sqrt(6 / (fanIn + fanOut)),
  );
}

/**
 * A normal distribution of variance `2 / fan` (He et al. 2015, eqs. 10 and 14):
 * twice 1 / fan, since a ReLU lets half of the variance through.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If `fan` is neither "in" nor "out".
 */
export function heNormal(options: FanOption = {}): Initialiser {
  const fan = fanNamed(options);
  return normal(
    `He normal, fan-${fan}`,
    (kernel) => Math.sqrt(2 / fanOf(kernel, fan)),
  );
}

/**
 * Uniform between `-bound` and `bound = sqrt(6 / fan)`: of variance `2 / fan`.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If `fan` is neither "in" nor "out".
 */
export function heUniform(options: FanOption = {}): Initialiser {
  const fan = fanNamed(options);
  return uniform(
    `He uniform, fan-${fan}`,
    (kernel) => Math.sqrt(6 / fanOf(kernel, fan)),
  );
}

/**
 * `gain` times a random matrix of orthonormal columns, or rows if there are
 * fewer of them (Saxe et al. 2014, "Exact solutions to the nonlinear dynamics of
 * learning in deep linear neural networks"). A kernel is taken for a matrix with
 * a row for each input of an output, and a column for each output.
 *
 * Takes time as `inputs * outputs * min(inputs, outputs)`.
 */
export function orthogonal({ gain = 1 } = {}): Initialiser {
  return {
    name: gain === 1 ? "orthogonal" : `orthogonal, gain ${gain}`,
    draw({ shape }, random) {
      const columns = shape.at(-1) ?? 1;
      const rows = shape.reduce((a, b) => a * b, 1) / columns;
      const wide = rows < columns;
      const count = Math.min(rows, columns);
      const length = Math.max(rows, columns);
      const vectors = orthogonalRows(count, length, random);
      return Float32Array.from({ length: rows * columns }, (_, i) => {
        const [row, column] = [Math.floor(i / columns), i % columns];
        const place = wide ? row * length + column : column * length + row;
        return gain * (vectors[place] ?? 0);
      });
    },
  };
}

/**
 * A normal distribution of one deviation for all kernels, whatever their
 * fan-in: too small or too large, it shows what the others are for.
 *
 * @throws {RangeError} If the deviation is no finite number.
 */
export function fixedNormal(deviation: number): Initialiser {
  checkFinite(deviation, "deviation");
  return normal(`normal of deviation ${deviation}`, () => deviation);
}

function fanOf({ fanIn, fanOut }: KernelShape, fan: "in" | "out"): number {
  return fan === "in" ? fanIn : fanOut;
}

function normal(
  name: string,
  deviationOf: (kernel: KernelShape) => number,
): Initialiser {
  return {
    name,
    draw(kernel, random) {
      const deviation = deviationOf(kernel);
      return emptyKernel(kernel).map(() => deviation * random.normal());
    },
  };
}

function uniform(
  name: string,
  boundOf: (kernel: KernelShape) => number,
): Initialiser {
  return {
    name,
    draw(kernel, random) {
      const bound = boundOf(kernel);
      return emptyKernel(kernel).map(() => bound * (2 * random.float() - 1));
    },
  };
}

function emptyKernel({ shape }: KernelShape): Float32Array {
  return new Float32Array(shape.reduce((a, b) => a * b, 1));
}

/** Which fan options name. */
function fanNamed(options: FanOption): typeof FANS[number] {
  checkOptions(options, { fan: true });
  const { fan = "in" } = options;
  checkOneOf(fan, FANS, "fan");
  return fan;
}
