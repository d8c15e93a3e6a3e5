import { assertEquals, assertThrows } from "@std/assert";
import { testPicture } from "../../lib/images/test_picture.ts";
import { countMultiplyAdds } from "../../lib/networks/count.ts";
import { imageNetResNet } from "../../lib/networks/imagenet.ts";
import { outputShapeOfAll } from "../../lib/networks/shape.ts";
import { R15_TABLE_3, R15_TABLE_5 } from "../../lib/paper/r15_imagenet.ts";
import { expansionCosts } from "../../lib/plots/expansion.ts";
import type { HeatmapTrace } from "../../lib/plots/figure.ts";
import {
  errorAgainstCost,
  imageNetErrors,
} from "../../lib/plots/imagenet_errors.ts";
import { drawScales, drawTenCrops } from "../../lib/plots/views.ts";

Deno.test("imageNetErrors() has a panel for each error that is printed", () => {
  const [top1, top5] = imageNetErrors(R15_TABLE_3.rows, "Table 3").data;
  assertEquals(top1?.x?.length, 9); // GoogLeNet has no top-1 error
  assertEquals(top5?.x?.slice(0, 2), ["VGG-16", "GoogLeNet"]);
  assertEquals(top5?.y?.slice(0, 2), [9.33, 9.15]);
  const ensembles = imageNetErrors(R15_TABLE_5.rows, "Table 5");
  assertEquals(ensembles.data.map(({ y }) => y?.at(-1)), [3.57]);
  assertThrows(
    () => imageNetErrors([{ name: "none", top1: null }], ""),
    RangeError,
    "Expected errors to draw but found none",
  );
});

Deno.test("errorAgainstCost() joins those that are named", () => {
  const points = [50, 101].map((depth) => ({
    name: `ResNet-${depth}`,
    multiplyAdds: countMultiplyAdds(imageNetResNet({ depth: depth as 50 })),
    error: 500 / depth,
  }));
  const options = { title: "", error: "error" };
  const joined = ["ResNet-101", "ResNet-50"];
  const [marks, line] = errorAgainstCost(points, { ...options, joined }).data;
  assertEquals(marks?.x, [3.857973248, 7.570194432]);
  assertEquals(line?.x, [7.570194432, 3.857973248]);
  assertEquals(errorAgainstCost(points, options).data.length, 1);
  assertThrows(
    () => errorAgainstCost(points, { ...options, joined: ["ResNet-18"] }),
    RangeError,
    "Expected a line through ResNet-50, ResNet-101 but found ResNet-18",
  );
});

Deno.test("expansionCosts() crosses the basic unit between 4 and 5", () => {
  const [identity, , , basic] = expansionCosts({ width: 16 }).data;
  const below = identity!.y!.map((cost, i) =>
    (cost as number) < (basic!.y![i] as number)
  );
  assertEquals(below, [true, true, true, true, ...Array(4).fill(false)]);
});

Deno.test("drawTenCrops() mirrors the crops with the picture", () => {
  const crops = { size: 6, shorterSide: 8 };
  const { data, layout } = drawTenCrops(testPicture(8, 12), crops);
  const [left, right] = data as HeatmapTrace[];
  assertEquals(right?.z, left?.z.map((row) => row.toReversed()));
  const edges = layout!.shapes!.map(({ x0, x1, y0 }) => [x0, x1, y0]);
  assertEquals(edges.slice(0, 5), [
    [0, 6, 0],
    [6, 12, 0],
    [0, 6, 2],
    [6, 12, 2],
    [3, 9, 1],
  ]);
  // The mirror image begins at 13.5.
  assertEquals(edges.slice(5).map(([x0]) => x0! - 13.5), [6, 0, 6, 0, 3]);
});

/** The places are those of the network's own last maps. */
Deno.test("drawScales() counts the places of the classifier's window", () => {
  const { layers } = imageNetResNet({ depth: 18 });
  const map = (height: number, width: number) =>
    outputShapeOfAll(layers.slice(0, -2), [height, width, 3]) as number[];
  const picture = testPicture(60, 90);
  const { layout } = drawScales(picture, { size: 224 });
  const found = layout!.annotations!.map(({ text }) => text);
  const expected = [224, 256, 384, 480, 640].map((scale) => {
    const [rows = 0, columns = 0] = map(scale, 1.5 * scale);
    return `${scale}<br>${rows - 6} x ${columns - 6}`;
  });
  assertEquals(found, expected);
});
