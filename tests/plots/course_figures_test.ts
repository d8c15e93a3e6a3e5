import { assert, assertEquals, assertThrows } from "@std/assert";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import type { Figure, ScatterTrace } from "../../lib/plots/figure.ts";
import { errorsByDepth } from "../../lib/plots/errors_by_depth.ts";
import { lossByRate } from "../../lib/plots/loss_by_rate.ts";
import { schedules } from "../../lib/plots/schedules.ts";
import { stageShares } from "../../lib/plots/stage_shares.ts";
import { RECIPES } from "../../lib/training/recipes.ts";

const lines = ({ data }: Figure) => data as ScatterTrace[];

Deno.test("errorsByDepth() draws the paper in ink, ours in colour", () => {
  const points = [
    { name: "ResNet-56", layers: 56, error: 6.97 },
    { name: "ResNet-20", layers: 20, error: 8.75 },
  ];
  const [paper, ours, ...rest] = lines(errorsByDepth([
    { name: "paper", whose: "paper", joined: true, points },
    { name: "none", whose: "ours", points: [] },
    { name: "ours", whose: "ours", points },
  ]));
  assertEquals(rest.length, 0); // a series without points has no line
  assertEquals([paper?.x, paper?.y], [[20, 56], [8.75, 6.97]]);
  assertEquals([paper?.mode, ours?.mode], ["lines+markers", "markers"]);
  assert(paper?.marker?.symbol?.endsWith("-open"));
  assertEquals(ours?.marker?.symbol, "circle");
  assert(paper?.marker?.color !== ours?.marker?.color);
  assertThrows(
    () => errorsByDepth([{ name: "none", whose: "ours", points: [] }]),
    RangeError,
    "Expected errors to plot but found none",
  );
});

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

Deno.test("stageShares() adds up to the whole network", () => {
  const { data } = stageShares(cifarResNet({ depth: 110 }));
  for (const { y } of data as ScatterTrace[]) {
    const sum = y.reduce<number>((sum, share) => sum + (share ?? 0), 0);
    assert(Math.abs(sum - 100) < 1e-9);
  }
  // Three quarters of the parameters, a third of the work: 64² of 16²+32²+64².
  const [parameters, work] = data as ScatterTrace[];
  assertEquals(Math.round(parameters!.y[3]!), 76);
  assertEquals(Math.round(work!.y[3]!), 33);
});

Deno.test("lossByRate() leaves gaps where a loss is not finite", () => {
  const losses = [{ step: 2, loss: 3 }, { step: 4, loss: Infinity }];
  const figure = lossByRate([{ rate: 0.3, losses }], { steps: 10 });
  assertEquals(lines(figure)[0]?.y, [3, null]);
  assertEquals(figure.layout?.shapes?.[0]?.y0, Math.log(10));
});
