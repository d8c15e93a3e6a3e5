import { learningRateAt, type Recipe } from "../training/recipe.ts";
import { checkAny } from "./check_any.ts";
import type { Figure, ScatterTrace } from "./figure.ts";
import { figure, PALETTE } from "./house_look.ts";

/** A recipe whose learning rate is drawn. */
export interface DrawnSchedule {
  /** The name in the legend. */
  readonly name: string;
  readonly recipe: Recipe;
  /**
   * The step at which a warm-up that waits for a training error is taken to
   * end; it must be given for such a recipe, and is ignored for others.
   */
  readonly warmedUpAt?: number;
}

/** Options for {@linkcode schedules}. */
export interface SchedulesOptions {
  /** The figure's title. */
  title?: string;
  /** The last step on the axis. Default: the longest recipe's. */
  steps?: number;
}

/**
 * Draws the learning rate over the steps of recipes, on a logarithmic axis.
 *
 * @example The paper's schedule
 * ```ts
 * import { paperRecipe } from "../training/recipe.ts";
 * import { schedules } from "./schedules.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const recipe = paperRecipe({ steps: 64000 });
 * const { data } = schedules([{ name: "R15", recipe }]);
 * assertEquals(data[0]?.x, [0, 32000, 32000, 48000, 48000, 64000]);
 * ```
 *
 * @param drawn The recipes, in the order of the legend.
 * @param options Title, and where the axis ends.
 * @returns The figure.
 * @throws {RangeError} If there is none, or the end of a warm-up is not given.
 */
export function schedules(
  drawn: readonly DrawnSchedule[],
  options: SchedulesOptions = {},
): Figure {
  checkAny(drawn, "recipe");
  const end = options.steps ??
    Math.max(...drawn.map(({ recipe }) => recipe.steps));
  const data = drawn.map((one, index): ScatterTrace => ({
    type: "scatter",
    mode: "lines",
    name: one.name,
    legendgroup: one.name,
    ...corners(one),
    line: { color: PALETTE[index % PALETTE.length]!, width: widthOf(index) },
    hovertemplate: `step %{x}<br>rate %{y}<extra>${one.name}</extra>`,
  }));
  return figure(data, {
    title: { text: options.title ?? "Learning rate over training" },
    xaxis: { title: { text: "training step" }, range: [0, end] },
    yaxis: {
      type: "log",
      title: { text: "learning rate" },
      dtick: 1,
      exponentformat: "none",
    },
    showlegend: true,
  });
}

/** Lines lie on each other where rates agree: the later the thinner. */
function widthOf(index: number): number {
  return Math.max(2, 7 - 2.5 * index);
}

/** Both ends of each stretch of one rate. */
function corners({ name, recipe, warmedUpAt }: DrawnSchedule) {
  const { warmUp, milestones, steps, ...rest } = recipe;
  const warm = warmUp && ("steps" in warmUp ? warmUp.steps : warmedUpAt);
  if (warmUp && warm === undefined) {
    throw new RangeError(
      `Expected the step at which the warm-up of ${name} ends but found none`,
    );
  }
  const changes = [warm ?? 0, ...milestones].filter((step) =>
    step > 0 && step < steps
  );
  const starts = [0, ...new Set(changes)].toSorted((a, b) => a - b);
  const rateAt = (step: number) =>
    warmUp && step < (warm ?? 0)
      ? warmUp.learningRate
      : learningRateAt({ ...rest, milestones, steps }, step);
  return {
    x: starts.flatMap((from, i) => [from, starts[i + 1] ?? steps]),
    y: starts.flatMap((from) => [rateAt(from), rateAt(from)]),
  };
}
