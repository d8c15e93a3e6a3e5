import { assertEquals } from "@std/assert";
import {
  furthestResponse,
  withoutFurthest,
} from "../../lib/measurements/furthest_response.ts";
import type { LayerResponse } from "../../lib/measurements/layer_responses.ts";

function network(name: string, ...deviations: number[]) {
  const responses = deviations.map((deviation, i) => ({
    ...{ layer: i + 1, path: `conv${i + 1}`, deviation },
  } as LayerResponse));
  return { name, responses };
}

Deno.test("furthestResponse() takes half of 1 for as far as twice as much", () => {
  const { responses } = network("a", 1.5, 0.4, 2.2);
  assertEquals(furthestResponse(responses)?.deviation, 0.4);
  assertEquals(furthestResponse([]), undefined);
});

Deno.test("withoutFurthest() leaves one network out", () => {
  const all = [network("a", 1, 3), network("b", 0.2, 1), network("c", 2)];
  assertEquals(withoutFurthest(all).map(({ name }) => name), ["a", "c"]);
  assertEquals(withoutFurthest([network("a"), network("b", 1)]), [
    network("a"),
  ]);
});
