import { assertEquals } from "@std/assert";
import { lowestLosses } from "../../lib/exercises/lowest_losses.ts";

Deno.test("lowestLosses() takes what one seed does not tell from the lowest", () => {
  const trials = [2.1, 1.95, 1.8, 1.9].map((loss) => ({ loss }));
  assertEquals(lowestLosses(trials).map(({ loss }) => loss), [1.8, 1.9]);
});

Deno.test("lowestLosses() takes no trial whose loss is no finite number", () => {
  const diverged = [{ loss: null }, { loss: NaN }, { loss: Infinity }, {}];
  assertEquals(lowestLosses(diverged), []);
  const [best] = [...diverged, { loss: 3 }].slice(-1);
  assertEquals(lowestLosses([...diverged, best!]), [best!]);
});
