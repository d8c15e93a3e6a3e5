import { checkFinite } from "../data/check_finite.ts";
import { checkOptions, type OptionNames } from "../data/check_options.ts";
import { checkRate } from "../data/check_rate.ts";
import {
  activation,
  batchNorm,
  convolution,
  dropout,
  gated,
  type Layer,
  type Network,
  residual,
  scale,
} from "./layer.ts";
import { mapResiduals, type UnitShapes } from "./map_residuals.ts";

/** What the two ways of a residual unit are multiplied by. */
export interface ConstantScaling {
  readonly shortcut: number;
  readonly body: number;
}

const SCALING: OptionNames<ConstantScaling> = { shortcut: true, body: true };

/** Options of the gates of {@linkcode withExclusiveGating} and others. */
export interface GatingOptions {
  /**
   * What the gates' biases start from, `b_g` in R16: the more negative, the more
   * of `x` a shortcut lets through.
   */
  readonly initialBias: number;
}

const GATING: OptionNames<GatingOptions> = { initialBias: true };

/**
 * Constant scaling (R16 section 3.1 and Fig. 2 (b)): each unit of a network gives
 * `scaling.shortcut * x + scaling.body * F(x)`. A factor of 1 adds no layer.
 *
 * @param scaling R16 Table 1 has shortcuts of 0 and 0.5 with a body of 1, and 0.5
 * for both.
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If a factor is no finite number.
 *
 * @example Shortcuts that are halved
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "./cifar.ts";
 * import { layers } from "./layers.ts";
 * import { withConstantScaling } from "./shortcut_variants.ts";
 *
 * const network = cifarResNet({ depth: 110 });
 * const scaled = withConstantScaling(network, { shortcut: 0.5, body: 1 });
 * const scales = layers(scaled).filter(({ kind }) => kind === "scale");
 * assertEquals(scales.length, 54);
 * ```
 */
export function withConstantScaling(
  network: Network,
  scaling: ConstantScaling,
): Network {
  checkOptions(scaling, SCALING);
  const { shortcut, body } = scaling;
  checkFinite(shortcut, "shortcut");
  checkFinite(body, "body");
  const changed = mapResiduals(network, (unit) =>
    residual(
      unit.name,
      [...unit.body, ...scaleBy("bodyScale", body)],
      [...unit.shortcut, ...scaleBy("shortcutScale", shortcut)],
    ));
  const name = `${network.name}, shortcut * ${shortcut}, F * ${body}`;
  return { ...changed, name };
}

function scaleBy(name: string, factor: number): Layer[] {
  return factor === 1 ? [] : [scale(name, factor)];
}

/**
 * Exclusive gating (R16 section 3.1 and Fig. 2 (c)), as in highway networks:
 * each unit gives `(1 - g(x)) * x + g(x) * F(x)`, where `g` is a 1x1 convolution
 * with a bias, then a sigmoid. A gate has a value for each value of `F(x)`; where
 * dimensions change it has the unit's stride, and the shortcut stays as it is.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If `initialBias` is no finite number.
 *
 * @example What a gate costs: `16 * 16` weights and 16 biases in the first stage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cifarResNet } from "./cifar.ts";
 * import { layers } from "./layers.ts";
 * import { withExclusiveGating } from "./shortcut_variants.ts";
 *
 * const network = cifarResNet({ depth: 110 });
 * const gate = layers(withExclusiveGating(network, { initialBias: -6 }))
 *   .find(({ name }) => name === "stage1/unit1/gate");
 * assertEquals(gate?.parameters, 16 * 16 + 16);
 * ```
 */
export function withExclusiveGating(
  network: Network,
  options: GatingOptions,
): Network {
  return withGates(network, options, "both");
}

/**
 * Shortcut-only gating (R16 section 3.1 and Fig. 2 (d)): each unit gives
 * `(1 - g(x)) * x + F(x)`, `g` as in {@linkcode withExclusiveGating}.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If `initialBias` is no finite number.
 */
export function withShortcutOnlyGating(
  network: Network,
  options: GatingOptions,
): Network {
  return withGates(network, options, "shortcut");
}

function withGates(
  network: Network,
  given: GatingOptions,
  gates: "both" | "shortcut",
): Network {
  checkOptions(given, GATING);
  const { initialBias } = given;
  checkFinite(initialBias, "initialBias");
  const changed = mapResiduals(
    network,
    ({ name, body, shortcut }, { output, stride }) => {
      const options = { stride, bias: true, initialBias };
      const gate = [
        convolution("gate", channelsOf(output), 1, options),
        activation("gateSigmoid", "sigmoid"),
      ];
      return gated(name, { body, shortcut, gate, gates });
    },
  );
  const kind = gates === "both" ? "exclusive" : "shortcut-only";
  return { ...changed, name: `${network.name}, ${kind} gating ${initialBias}` };
}

/**
 * 1x1 convolutions in place of all shortcuts (R16 section 3.1 and Fig. 2 (e)):
 * R15's option C. As there, batch normalisation follows them. For units whose
 * activation comes after the addition.
 */
export function withConvolutionShortcuts(network: Network): Network {
  const changed = mapResiduals(
    network,
    ({ name, body }, shapes) => residual(name, body, projection(shapes)),
  );
  return { ...changed, name: `${network.name}, 1x1 convolutions` };
}

function projection({ output, stride }: UnitShapes): Layer[] {
  return [
    convolution("projection", channelsOf(output), 1, { stride }),
    batchNorm("projectionNorm"),
  ];
}

/**
 * Dropout on all shortcuts (R16 section 3.1 and Fig. 2 (f)), at a rate of 0.5 by
 * default. It scales a shortcut by 0 or 1 at random, by `1 - rate` on average;
 * ours divides what it keeps by `1 - rate` (see {@linkcode Dropout}), so that
 * the mean of the signal stays while half of it is cut.
 *
 * @throws {TypeError} If an option is none of those that there are.
 * @throws {RangeError} If the rate is not from 0 to below 1.
 */
export function withDropoutShortcuts(
  network: Network,
  options: { readonly rate?: number } = {},
): Network {
  checkOptions(options, { rate: true });
  const { rate = 0.5 } = options;
  checkRate(rate, "rate");
  const changed = mapResiduals(
    network,
    ({ name, body, shortcut }) =>
      residual(name, body, [...shortcut, dropout("shortcutDropout", rate)]),
  );
  return { ...changed, name: `${network.name}, dropout ${rate}` };
}

function channelsOf(shape: readonly number[]): number {
  return shape.at(-1) ?? 1;
}
