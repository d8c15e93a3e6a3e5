import { assertEquals, assertThrows } from "@std/assert";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { countMultiplyAdds, depthOf } from "../../lib/networks/count.ts";
import { narrower } from "../../lib/networks/narrower.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { unitsOf } from "../../lib/networks/units_of.ts";

Deno.test("narrower() divides filters, not classes, counted by hand", () => {
  // 4, 8 and 16 filters in place of 16, 32 and 64.
  const convolutions = 27 * 4 + 6 * 9 * 4 * 4 +
    (9 * 4 * 8 + 5 * 9 * 8 * 8) + (9 * 8 * 16 + 5 * 9 * 16 * 16);
  const normalisations = 2 * (7 * 4 + 6 * 8 + 6 * 16);
  const classifier = 16 * 10 + 10;
  for (const network of [cifarResNet, cifarPlain]) {
    const narrow = narrower(network({ depth: 20 }), 4);
    assertEquals(
      countParameters(narrow),
      convolutions + normalisations + classifier,
    );
    assertEquals(depthOf(narrow), 20);
  }
});

Deno.test("narrower() keeps each unit, and option A's shapes", () => {
  const narrow = narrower(cifarResNet({ depth: 20 }), 8);
  const units = unitsOf(narrow);
  assertEquals(units.length, 9);
  assertEquals(
    units.filter(({ path }) => path.endsWith("unit1"))
      .map(({ output }) => output),
    [[32, 32, 2], [16, 16, 4], [8, 8, 8]],
  );
  assertEquals(narrow.name, "narrow ResNet-20");
});

Deno.test("narrower() by 1 changes the name alone", () => {
  const network = cifarResNet({ depth: 20, shortcut: "B" });
  const same = narrower(network, 1);
  assertEquals({ ...same, name: network.name }, network);
  assertEquals(countMultiplyAdds(same), countMultiplyAdds(network));
});

Deno.test("narrower() refuses what does not divide", () => {
  assertThrows(
    () => narrower(cifarResNet({ depth: 20 }), 3),
    RangeError,
    "Expected filters to be a multiple of 3 but found 16",
  );
  assertThrows(
    () => narrower(cifarResNet({ depth: 20 }), 0.5),
    RangeError,
    "Expected divisor to be an integer of at least 1 but found 0.5",
  );
});
