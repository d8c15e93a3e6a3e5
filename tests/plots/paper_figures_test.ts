import { assertEquals, assertStringIncludes } from "@std/assert";
import type { BarTrace } from "../../lib/plots/figure.ts";
import { paperFigure6 } from "../../lib/plots/paper_figures.ts";
import { PAPER_RESNETS, paperClaims } from "../../lib/plots/paper_results.ts";

const OURS = [
  { name: "plain-20", trainError: 30, testError: 33 },
  { name: "plain-56", trainError: 41, testError: 32 },
  { name: "ResNet-20", trainError: 28, testError: 30 },
  { name: "ResNet-56", trainError: 22, testError: 26 },
  { name: "our own", trainError: 1, testError: 2 },
];

Deno.test("PAPER_RESNETS are the errors of the paper's Table 6", () => {
  assertEquals(
    PAPER_RESNETS.map(({ name, testError }) => `${name} ${testError}`),
    [
      "ResNet-20 8.75",
      "ResNet-32 7.51",
      "ResNet-44 7.17",
      "ResNet-56 6.97",
      "ResNet-110 6.43",
      "ResNet-1202 7.93",
    ],
  );
});

Deno.test("paperClaims() tells where the paper's order holds", () => {
  assertEquals(paperClaims(OURS).map(({ claim, holds }) => [claim, holds]), [
    ["plain-56 has a higher training error than plain-20", true],
    ["plain-56 has a higher test error than plain-20", false],
    ["ResNet-56 has a lower test error than ResNet-20", true],
  ]);
});

Deno.test("paperFigure6() has values of the paper for ResNets only", () => {
  const { data, layout } = paperFigure6();
  const values = (data as BarTrace[]).filter((one) =>
    one.y.some((value) => value !== null)
  );
  assertEquals(values.map((one) => [one.name, one.xaxis]), [["paper", "x2"]]);
  const words = layout!.annotations!.map(({ text }) => text).join("\n");
  assertStringIncludes(words, "plain-20 < plain-32 < plain-44 < plain-56");
  assertStringIncludes(words, "plain-110 above 60 %");
});

Deno.test("paperFigure6() puts our errors beside the paper's", () => {
  const ours = (paperFigure6(OURS.slice(0, 4)).data as BarTrace[]).filter((
    one,
  ) => one.name === "ours");
  assertEquals(ours.map(({ x, y, xaxis }) => ({ x, y, xaxis })), [
    { x: ["20", "56"], y: [33, 32], xaxis: "x" },
    { x: ["20", "56"], y: [30, 26], xaxis: "x2" },
  ]);
});
