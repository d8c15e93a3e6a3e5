import { assertEquals } from "@std/assert";
import type { ScatterTrace } from "../../lib/plots/figure.ts";
import { lossByRate } from "../../lib/plots/loss_by_rate.ts";

Deno.test("lossByRate() leaves gaps where a loss is not finite", () => {
  const losses = [{ step: 2, loss: 3 }, { step: 4, loss: Infinity }];
  const figure = lossByRate([{ rate: 0.3, losses }], { steps: 10 });
  assertEquals((figure.data as ScatterTrace[])[0]?.y, [3, null]);
  assertEquals(figure.layout?.shapes?.[0]?.y0, Math.log(10));
});
