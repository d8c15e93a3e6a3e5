import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { JSDOM } from "jsdom";
import { drawSideBySide } from "../../lib/drawing/draw.ts";
import { drawUnit } from "../../lib/drawing/draw_unit.ts";
import {
  type Colours,
  DARK,
  LIGHT,
  type Theme,
  TRANSPARENT,
} from "../../lib/drawing/theme.ts";
import { rasterize } from "../../lib/plots/rasterize.ts";
import { countPixels, decodePng } from "../plots/decode_png.ts";
import { INCEPTION, RESNET_34 } from "./example_networks.ts";
import { bottleneck, SHORTCUTS } from "./example_units.ts";

/** Drawings with all signs that there are. */
const DRAWINGS: Record<string, (theme: Theme) => string> = {
  "a network": (theme) => drawSideBySide([INCEPTION], { theme }),
  "a network folded": (theme) =>
    drawSideBySide([RESNET_34], { theme, fold: true }),
  "a gated unit": (theme) =>
    drawUnit(SHORTCUTS.exclusiveGating, [32, 32, 16], { theme, title: "unit" }),
  "a bottleneck": (theme) =>
    drawUnit(bottleneck("unit", 64, true, 2), [56, 56, 64], { theme }),
};

type Painted = { readonly fill: string | null; readonly stroke: string | null };

interface Element {
  getAttribute(name: string): string | null;
  matches(selector: string): boolean;
}

/** The rules for dark systems in a drawing's style sheet. */
function darkRules(
  svg: string,
): [selector: string, fill: string | undefined, stroke: string | undefined][] {
  const [, rules = ""] =
    /<style>@media \(prefers-color-scheme: dark\)\{(.*)\}<\/style>/.exec(svg) ??
      [];
  return [...rules.matchAll(/([^{}]+)\{([^}]*)\}/g)].map((
    [, selector, body],
  ) => [
    selector!,
    /fill:(#\w+)/.exec(body!)?.[1],
    /stroke:(#\w+)/.exec(body!)?.[1],
  ]);
}

function colours(svg: string, dark: boolean): Painted[] {
  const { window } = new JSDOM("");
  const { documentElement: root } = new window.DOMParser()
    .parseFromString(svg, "image/svg+xml");
  const rules = dark ? darkRules(svg) : [];
  const elements: Element[] = [...root.querySelectorAll("[class]")];
  return elements.map((element) => {
    let [fill, stroke] = ["fill", "stroke"].map((name) =>
      element.getAttribute(name)
    ) as [string | null, string | null];
    for (const [selector, ruleFill, ruleStroke] of rules) {
      if (!element.matches(selector)) continue;
      fill = ruleFill ?? fill;
      stroke = ruleStroke ?? stroke;
    }
    return { fill, stroke };
  });
}

for (const [name, draw] of Object.entries(DRAWINGS)) {
  Deno.test(`${name} by the reader's system: light, or dark by its style`, () => {
    const auto = draw("auto");
    assertEquals(colours(auto, false), colours(draw("light"), false));
    assertEquals(colours(auto, true), colours(draw("dark"), false));
    assertNotEquals(colours(auto, true), colours(auto, false));
  });
}

Deno.test("a named theme needs no style sheet", () => {
  for (const theme of ["transparent", "light", "dark"] as const) {
    assertEquals(
      drawSideBySide([INCEPTION], { theme }).includes("<style"),
      false,
    );
  }
});

Deno.test("a renderer that knows no media queries draws the light one", () => {
  const shares = (theme: Theme) => {
    const picture = decodePng(
      rasterize(drawUnit(SHORTCUTS.dropout, [8, 8, 16], { theme }), {
        scale: 1,
      }),
    );
    const { width, height } = picture;
    const colours = [[0xff, 0xff, 0xff], [0x14, 0x17, 0x1c]] as const;
    return colours.map((colour) =>
      countPixels(picture, colour) / (width * height)
    );
  };
  const [light, dark, auto] = (["light", "dark", "auto"] as const).map(shares);
  // Most of a drawing is its page.
  assert(light![0]! > 0.5 && light![1]! < 0.1);
  assert(dark![1]! > 0.5 && dark![0]! < 0.1);
  assertEquals(auto, light);
});

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string | undefined, b: string | undefined): number {
  const [dark = 0, light = 0] = [luminance(a!), luminance(b!)].sort((a, b) =>
    a - b
  );
  return (light + 0.05) / (dark + 0.05);
}

for (const [name, theme] of Object.entries<Colours>({ LIGHT, DARK })) {
  Deno.test(`${name}: words stand out by 4.5 and lines by 3, as WCAG asks`, () => {
    const { page, ink, label, muted, paper, activation, flow, quiet } = theme;
    const boxes = Object.entries(theme).filter(([look]) =>
      /^(stage\d|normalisation|neutral)$/.test(look)
    );
    assertEquals(boxes.length, 9);
    for (const [look, { fill, stroke }] of boxes) {
      assert(contrast(label.fill, fill) >= 4.5, look);
      assertNotEquals(fill, stroke);
    }
    assert(contrast(ink.fill, page.fill) >= 4.5);
    assert(contrast(muted.fill, page.fill) >= 4.5);
    assert(contrast(paper.fill, activation.fill) >= 4.5);
    assert(contrast(flow.stroke, page.fill) >= 3);
    assert(contrast(quiet.stroke, page.fill) >= 3);
    // Bars are told apart by their fill.
    assert(contrast(theme.normalisation.fill, activation.fill) >= 3);
  });
}

Deno.test("TRANSPARENT has no page, and stands out from JupyterLab's and GitHub's", () => {
  assertEquals(TRANSPARENT.page, {});
  const { ink, muted, flow, quiet, head, label, ...boxes } = TRANSPARENT;
  for (const page of ["#ffffff", "#111111", "#0d1117"]) {
    for (const colour of [ink.fill, muted.fill, head.fill]) {
      // No grey has more on both.
      assert(contrast(colour, page) >= 4.1, page);
    }
    for (const colour of [flow.stroke, quiet.stroke]) {
      assert(contrast(colour, page) >= 3, page);
    }
    for (const { fill, stroke } of Object.values(boxes)) {
      if (!fill || !stroke) continue;
      const best = Math.max(contrast(fill, page), contrast(stroke, page));
      assert(best >= 1.9, `${fill} and ${stroke} on ${page}`);
    }
  }
  // Words in boxes are on the boxes' own colours, which are LIGHT's.
  assertEquals([label, boxes.stage0], [LIGHT.label, LIGHT.stage0]);
});

Deno.test("a transparent drawing lets the page through", () => {
  const picture = decodePng(
    rasterize(drawUnit(SHORTCUTS.dropout, [8, 8, 16]), { scale: 1 }),
  );
  const { width, height, data } = picture;
  const clear = Array.from(
    { length: width * height },
    (_, i) => data[4 * i + 3],
  ).filter((alpha) => alpha === 0).length;
  assert(clear > 0.5 * width * height);
});
