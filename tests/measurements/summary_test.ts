import { assertEquals, assertThrows } from "@std/assert";
import { saturation } from "../../lib/measurements/saturation.ts";
import {
  histogram,
  percentile,
  summarise,
} from "../../lib/measurements/summary.ts";
import { assertAllClose } from "./by_hand.ts";

const VALUES = Float32Array.of(
  ...[0.3, -0.2, 0.9, 0.95, -0.99, 0.1, 0.4, 1, -1, 0.05, 0.6],
);

Deno.test("summarise() gives PyTorch's mean, deviation, quantile and histogram", () => {
  const summary = summarise(VALUES, { low: -1, high: 1, count: 4 });
  // torch.mean, torch.std(unbiased=False), torch.quantile(x, 0.98), torch.histc.
  assertAllClose(
    [summary.mean, summary.deviation, summary.percentile98],
    [0.19181818, 0.67084503, 0.99],
    1e-6,
  );
  assertEquals(
    summary.histogram.shares.map((share) => Math.round(share * 11)),
    [2, 1, 4, 4],
  );
  assertAllClose([percentile(VALUES, 30), percentile(VALUES, 0)], [0.05, -1]);
});

Deno.test("histogram() leaves out what is outside, and NaN", () => {
  const values = Float32Array.of(-3, 0, 0.5, 1, 7, NaN, Infinity, 0.25);
  const { shares } = histogram(values, { low: 0, high: 1, count: 2 });
  assertEquals(shares, [2 / 8, 2 / 8]);
});

Deno.test("summarise() and histogram() refuse what they cannot count", () => {
  const bins = { low: 0, high: 1, count: 2 };
  assertThrows(() => summarise(new Float32Array(), bins), RangeError, "none");
  assertThrows(
    () => histogram(VALUES, { ...bins, count: 0 }),
    RangeError,
    "Expected count to be an integer of at least 1 but found 0",
  );
  assertThrows(
    () => histogram(VALUES, { ...bins, low: 1 }),
    RangeError,
    "Expected low to be less than high but found 1 and 1",
  );
});

Deno.test("saturation() counts units near the ends of each range", () => {
  assertEquals(saturation(VALUES, "tanh"), { low: 2 / 11, high: 2 / 11 });
  // Beyond 0.5 and -0.5.
  assertEquals(saturation(VALUES, "softsign", 0.5), {
    low: 2 / 11,
    high: 4 / 11,
  });
  const sigmoids = Float32Array.of(0, 0.04, 0.06, 0.5, 0.94, 0.96, 0.99, 1);
  assertEquals(saturation(sigmoids, "sigmoid"), { low: 2 / 8, high: 3 / 8 });
  assertThrows(
    () => saturation(VALUES, "tanh", 1.1),
    RangeError,
    "Expected threshold to be a number from 0 to 1 but found 1.1",
  );
});
