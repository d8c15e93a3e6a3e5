import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { projectRoot } from "../../lib/setup/project.ts";

async function readMap(registry: "npm" | "jsr"): Promise<[string, string][]> {
  const path = join(projectRoot(), "lib", `imports.${registry}.json`);
  const { imports } = JSON.parse(await Deno.readTextFile(path));
  return Object.entries(imports);
}

Deno.test("both import maps have the same names, all pinned", async () => {
  const npm = await readMap("npm");
  const jsr = await readMap("jsr");
  assertEquals(jsr.map(([name]) => name), npm.map(([name]) => name));
  for (const [name, target] of npm) {
    const pinned = /^npm:\/?(@[^/]+\/)?[^@/]+@\d+\.\d+\.\d+/.test(target);
    assertEquals(pinned, true, `${name} is ${target}`);
  }
  for (const [index, [name, target]] of jsr.entries()) {
    if (name.startsWith("@std/")) {
      assertEquals(
        target.startsWith(`jsr:${name.split("/", 2).join("/")}@`),
        true,
      );
    } else assertEquals(target, npm[index]![1]);
  }
});
