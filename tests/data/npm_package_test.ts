import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { npmPackageFolder } from "../../lib/data/npm_package.ts";

Deno.test("npmPackageFolder() finds the package's files", async () => {
  const folder = await npmPackageFolder("zod@4.6.7");
  const manifest = await Deno.readTextFile(join(folder, "package.json"));
  const { name, version } = JSON.parse(manifest);
  assertEquals([name, version], ["zod", "4.6.7"]);
});

Deno.test("npmPackageFolder() says what npm said if there is no such package", async () => {
  const error: Error = await assertRejects(
    () => npmPackageFolder("zod@999.0.0"),
    Error,
    "Could not fetch npm:zod@999.0.0:",
  );
  assertEquals(error.message.includes("999.0.0\n"), false);
  assertEquals(error.message.split("\n").length > 1, true);
});
