import { assertEquals } from "@std/assert";
import { responseClaims } from "../../lib/plots/response_claims.ts";

const network = (name: string, ...deviations: number[]) => ({
  name,
  responses: deviations.map((deviation, i) => ({
    layer: i + 1,
    path: `conv${i + 1}`,
    deviation,
  })),
});

Deno.test("responseClaims() compares means of the same depth, and depths", () => {
  const rows = responseClaims([
    network("ResNet-56", 1, 2),
    network("plain-20", 2, 2),
    network("plain-56", 1, 1),
    network("ResNet-20", 1, 1.5),
  ]);
  assertEquals(rows.map(({ claim, ours, holds }) => [claim, ours, holds]), [
    ["ResNet-20 responds less than plain-20", "1.250 against 2.000", true],
    ["ResNet-56 responds less than plain-56", "1.500 against 1.000", false],
    ["ResNet-56 responds less than ResNet-20", "1.500 against 1.250", false],
  ]);
  const alike = responseClaims([
    network("plain-20", 1),
    network("ResNet-20", 0.96),
  ]);
  assertEquals(alike[0]?.holds, "cannot tell");
});

Deno.test("responseClaims() knows narrow networks, and waits for a pair", () => {
  const alone = network("narrow ResNet-20", 1);
  assertEquals(responseClaims([alone]), []);
  assertEquals(
    responseClaims([alone, network("narrow plain-20", 2)])[0]?.holds,
    true,
  );
});
