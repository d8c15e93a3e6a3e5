import { assertEquals } from "@std/assert";
import { cifarPlain, cifarResNet } from "../../lib/networks/cifar.ts";
import { withShortcutOnlyGating } from "../../lib/networks/shortcut_variants.ts";
import { unitPlaces } from "../../lib/networks/unit_places.ts";

Deno.test("unitPlaces() are residual and gated units, by path", () => {
  const network = cifarResNet({ depth: 20 });
  const paths = [1, 2, 3].flatMap((stage) =>
    [1, 2, 3].map((unit) => `stage${stage}/unit${unit}`)
  );
  assertEquals(unitPlaces(network).map(({ path }) => path), paths);
  const gates = withShortcutOnlyGating(network, { initialBias: -6 });
  assertEquals(
    unitPlaces(gates).map(({ kind }) => kind),
    Array(9).fill("gated"),
  );
  assertEquals(unitPlaces(cifarPlain({ depth: 20 })), []);
});
