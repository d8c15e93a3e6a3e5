import { assertEquals, assertStringIncludes } from "@std/assert";
import type { BarTrace } from "../../lib/plots/figure.ts";
import { depthEffects } from "../../lib/plots/depth_effects.ts";
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
    ["plain-56 has a higher test error than plain-20", "cannot tell"],
    ["ResNet-56 has a lower training error than ResNet-20", true],
    ["ResNet-56 has a lower test error than ResNet-20", "cannot tell"],
    ["ResNet-56 has a lower training error than plain-56", true],
    ["ResNet-56 has a lower test error than plain-56", true],
  ]);
  assertEquals(
    paperClaims(OURS).map(({ paper }) => paper)
      .filter((paper) => paper !== "Fig. 6, curves only"),
    ["Table 6: 6.97 % against 8.75 %"],
  );
});

Deno.test("paperClaims() tells where it does not hold", () => {
  const degraded = OURS.map((one) =>
    one.name === "ResNet-56" ? { ...one, trainError: 36, testError: 38 } : one
  );
  assertEquals(paperClaims(degraded).map(({ holds }) => holds), [
    ...[true, "cannot tell"], // plain-56 and plain-20
    ...[false, false], // ResNet-56 and ResNet-20
    ...["cannot tell", false], // ResNet-56 and plain-56
  ]);
});

Deno.test("depthEffects() says what more layers do to each family", () => {
  assertEquals(depthEffects(OURS.toReversed()), [
    {
      networks: "ResNets",
      layers: "20 to 56 layers",
      training: -6,
      test: -4,
      paper: "-1.78 (Table 6)",
    },
    {
      networks: "plain networks",
      layers: "20 to 56 layers",
      training: 11,
      test: -1,
      paper: "higher (Fig. 6, curves only)",
    },
  ]);
  assertEquals(depthEffects(OURS.slice(0, 1)), []);
});

Deno.test("paperFigure6() has equal axes in both panels", () => {
  const { layout } = paperFigure6(OURS.slice(0, 4));
  const { xaxis, xaxis2, yaxis, yaxis2 } = layout!;
  assertEquals(xaxis!.categoryarray, ["20", "32", "44", "56", "110", "1202"]);
  assertEquals(xaxis2!.categoryarray, xaxis!.categoryarray);
  assertEquals(xaxis2!.range, xaxis!.range);
  assertEquals(yaxis2!.range, yaxis!.range);
  assertEquals(yaxis2!.matches, "y");
});

Deno.test("paperFigure6() draws the level that plain-110 is above", () => {
  for (const ours of [[], OURS]) {
    const { shapes } = paperFigure6(ours).layout!;
    assertEquals(
      shapes!.map(({ x0, x1, y0, y1, xref, yref }) => [
        ...[(x0 + x1) / 2, y0, y1],
        ...[xref, yref],
      ]),
      [[4, 60, 60, "x", "y"]],
    );
  }
});

Deno.test("paperFigure6() has values of the paper for ResNets only", () => {
  const { data, layout } = paperFigure6();
  const values = (data as BarTrace[]).filter((one) =>
    one.y.some((value) => value !== null)
  );
  assertEquals(values.map((one) => [one.name, one.xaxis]), [["paper", "x2"]]);
  const words = layout!.annotations!.map(({ text }) => text).join("\n");
  assertStringIncludes(words, "plain-20 < plain-32 < plain-44 < plain-56");
  assertStringIncludes(words, "above<br>60 %");
});

Deno.test("paperFigure6() puts our errors beside the paper's", () => {
  const ours = (paperFigure6(OURS.slice(0, 4)).data as BarTrace[]).filter((
    one,
  ) => one.name === "ours");
  const none = null;
  assertEquals(ours.map(({ y, text, xaxis }) => ({ y, text, xaxis })), [
    {
      y: [33, none, none, 32, none, none],
      text: ["33.0", "", "", "32.0", "", ""],
      xaxis: "x",
    },
    {
      y: [30, none, none, 26, none, none],
      text: ["30.0", "", "", "26.0", "", ""],
      xaxis: "x2",
    },
  ]);
});
