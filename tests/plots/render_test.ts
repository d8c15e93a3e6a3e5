import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import type { Figure } from "../../lib/plots/figure.ts";
import { gradientNorms } from "../../lib/plots/gradient_norms.ts";
import { figure } from "../../lib/plots/house_look.ts";
import { learningCurves } from "../../lib/plots/learning_curves.ts";
import { paperFigure6 } from "../../lib/plots/paper_figures.ts";
import { rasterize } from "../../lib/plots/rasterize.ts";
import { toPng, toSvg } from "../../lib/plots/render.ts";
import { countPixels, decodePng } from "./decode_png.ts";
import { exampleRuns } from "./example_runs.ts";

const GREYISH = [0x79, 0x79, 0x79] as const;

/** The words of an SVG's texts. */
function words(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, inner]) =>
    inner!.replace(/<[^>]*>|\u200b/g, "")
  );
}

Deno.test("toSvg() draws learning curves with all their words", async () => {
  const found = words(
    await toSvg(learningCurves(exampleRuns(), {
      title: "Deeper plain networks are worse",
    })),
  );
  for (
    const expected of [
      "Deeper plain networks are worse",
      "plain networks",
      "ResNets",
      "20 layers",
      "56 layers",
      "training step",
      "error (%)",
    ]
  ) {
    assert(found.includes(expected), `no text "${expected}" in ${found}`);
  }
  // Ticks at both axes of both panels.
  assertEquals(found.filter((text) => text === "80").length, 2);
  assertEquals(found.filter((text) => text === "0").length, 4);
});

Deno.test("toPng() draws lines in their colours and text in ink", async () => {
  const picture = decodePng(
    await toPng(learningCurves(exampleRuns(), { title: "A title" })),
  );
  assertEquals([picture.width, picture.height], [2 * 860, 2 * 460]);
  assert(countPixels(picture, [0x00, 0x72, 0xb2]) > 1000, "no blue lines");
  assert(countPixels(picture, [0xd5, 0x5e, 0x00]) > 1000, "no red lines");
  const title = { right: 400, bottom: 100 };
  assert(countPixels(picture, GREYISH, title) > 200, "no title");
});

Deno.test("toPng() leaves the page to be seen between lines", async () => {
  const line = figure([{ type: "scatter", x: [1, 2], y: [1, 2] }]);
  const { data } = decodePng(await toPng(line, { scale: 1 }));
  const alphas = data.filter((_, i) => i % 4 === 3);
  const clear = alphas.filter((alpha) => alpha === 0).length;
  assert(clear / alphas.length > 0.9, `${clear} of ${alphas.length}`);
});

Deno.test("toPng() draws a heatmap's cells and its colour bar", async () => {
  const picture = decodePng(
    await toPng(
      figure(
        [{ type: "heatmap", z: [[0, 1], [1, 0]], colorscale: "Viridis" }],
        {
          width: 300,
          height: 300,
        },
      ),
      { scale: 1 },
    ),
  );
  const darkest = [0x44, 0x01, 0x54] as const;
  const brightest = [0xfd, 0xe7, 0x25] as const;
  const middle = { left: 80, right: 220 };
  assert(countPixels(picture, darkest, middle) > 2000, "no dark cells");
  assert(countPixels(picture, brightest, middle) > 2000, "no bright cells");
  assert(countPixels(picture, brightest, { left: 222 }) > 5, "no colour bar");
});

Deno.test("toPng() draws bars and logarithmic axes", async () => {
  const bars = decodePng(await toPng(paperFigure6(), { scale: 1 }));
  assert(countPixels(bars, [0xa9, 0xa9, 0xa9]) > 2500, "no bars");
  const norms = await toSvg(
    gradientNorms([{ name: "plain-20", norms: [1e-3, 1e-2, 0.1] }]),
  );
  assert(words(norms).some((text) => text.startsWith("10−")), "no powers");
});

Deno.test("toSvg() takes the size that it is told", async () => {
  const svg = await toSvg(figure([{ type: "scatter", x: [1], y: [1] }]), {
    width: 333,
    height: 222,
  });
  assertStringIncludes(svg, `width="333"`);
  assertStringIncludes(svg, `height="222"`);
});

Deno.test("toSvg() leaves the figure as it was", async () => {
  const curves = learningCurves(exampleRuns());
  const before = structuredClone(curves);
  await toSvg(curves);
  assertEquals(curves, before);
});

Deno.test("toSvg() draws figures at the same time without mixing them", async () => {
  const one = (name: string) =>
    toSvg(figure([{ type: "scatter", x: [1, 2], y: [1, 2] }], {
      title: { text: name },
    }));
  const drawn = await Promise.all([one("first"), one("second")]);
  assertEquals(drawn.map((svg) => words(svg).includes("first")), [true, false]);
  assertEquals(drawn.map((svg) => words(svg).includes("second")), [
    false,
    true,
  ]);
});

Deno.test("toSvg() refuses traces that need a browser", async () => {
  for (const type of ["surface", "scatter3d", "scattergl", "scattermap"]) {
    const three = { data: [{ type, z: [[1]] }] } as unknown as Figure;
    await assertRejects(() => toSvg(three), TypeError, `found "${type}"`);
  }
});

Deno.test("rasterize() draws text with the project's own font", () => {
  const text = (family: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40">` +
    `<text x="5" y="30" font-size="24" font-family="${family}">Residual</text></svg>`;
  const named = decodePng(rasterize(text("DejaVu Sans")));
  const unknown = decodePng(rasterize(text("No Such Font")));
  assert(countPixels(named, [0, 0, 0]) > 200);
  assertEquals(unknown.data, named.data);
});
