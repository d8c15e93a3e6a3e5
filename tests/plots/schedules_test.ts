import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Figure, ScatterTrace } from "../../lib/plots/figure.ts";
import { schedules } from "../../lib/plots/schedules.ts";
import { RECIPES } from "../../lib/training/recipes.ts";

const lines = ({ data }: Figure) => data as ScatterTrace[];

Deno.test("schedules() draws warm-ups and the fall of the rate", () => {
  const [measured, counted] = lines(schedules([
    { name: "a", recipe: RECIPES["cifar-110"].recipe, warmedUpAt: 390 },
    { name: "b", recipe: RECIPES["cifar-r16"].recipe, warmedUpAt: 7 },
  ]));
  assertEquals(measured?.x.slice(0, 4), [0, 390, 390, 32000]);
  assertEquals(measured?.y.slice(0, 4), [0.01, 0.01, 0.1, 0.1]);
  assertEquals(counted?.x.slice(0, 4), [0, 400, 400, 32000]);
  assertEquals(measured?.x.at(-1), 64000);
  const last = measured?.y.at(-1);
  assert(typeof last === "number" && Math.abs(last - 0.001) < 1e-12);
});

Deno.test("schedules() needs the end of a measured warm-up", () => {
  const { recipe } = RECIPES["cifar-110"];
  assertThrows(
    () => schedules([{ name: "cifar-110", recipe }]),
    RangeError,
    "Expected the step at which the warm-up of cifar-110 ends",
  );
  assertThrows(() => schedules([]), RangeError, "but found none");
});

Deno.test("schedules() ends its axis where it is told, or at the longest", () => {
  const drawn = (["cifar", "study-note"] as const)
    .map((name) => ({ name, recipe: RECIPES[name].recipe }));
  assertEquals(schedules(drawn).layout?.xaxis?.range, [0, 78125]);
  const { layout } = schedules(drawn, { steps: 1000 });
  assertEquals(layout?.xaxis?.range, [0, 1000]);
});
