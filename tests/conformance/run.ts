/**
 * Runs the published test suites of tfjs-core and tfjs-node against our
 * binding of TensorFlow, under tfjs-node's own list of tests to ignore.
 *
 *     deno task test:conformance [--grep <regular expression>]
 *
 * Of tfjs-node's own tests, some rely on a backend that an earlier test set:
 * they pass among all, and may fail when only some run.
 *
 * @module
 */
import { createRequire } from "node:module";
import util from "node:util";
import { parseArgs } from "@std/cli/parse-args";
import { fromFileUrl, join } from "@std/path";
import { createBinding } from "../../lib/backends/tensorflow/binding.ts";
import { bundle } from "./bundle.ts";
import { writeImages } from "./images.ts";
import { bootJasmine, type Results } from "./jasmine.ts";
import { leftOut } from "./known_failures.ts";
import { report } from "./report.ts";
import { writeSavedModels } from "./saved_models.ts";

/** Where the bundle finds the binding that takes the addon's place. */
const slot = "tfjs-node binding";

/** Writes into a folder what the tests read. */
async function prepare(folder: string): Promise<void> {
  writeImages(join(folder, "test_objects/images"));
  writeSavedModels(join(folder, "test_objects/saved_model"));
  // Not an image, and refused as one.
  await Deno.writeTextFile(join(folder, "package.json"), "{}\n");
  await Deno.writeTextFile(
    join(folder, "binding.cjs"),
    `module.exports = globalThis[Symbol.for("${slot}")];\n`,
  );
  await bundle(join(folder, "bundle.cjs"));
}

/** Lets tfjs-node's runner run the tests whose names match a pattern. */
async function runTests(folder: string, pattern: string): Promise<Results> {
  const binding = createBinding();
  Object.assign(globalThis, { [Symbol.for(slot)]: binding });
  // tfjs-node calls a function of Node.js that is gone.
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value == null });
  const names = Object.keys(leftOut)
    .map((name) => name.replaceAll(/[^\w ]/g, "\\$&"));
  Deno.env.set("CONFORMANCE_GREP", `^(?!(${names.join("|")})$).*(${pattern})`);
  Deno.chdir(folder);
  const results = bootJasmine();
  createRequire(import.meta.url)(join(folder, "bundle.cjs"));
  return await results;
}

if (import.meta.main) {
  const { grep } = parseArgs(Deno.args, { string: ["grep"] });
  const cache = fromFileUrl(
    new URL("../../data/cache/conformance", import.meta.url),
  );
  await Deno.mkdir(cache, { recursive: true });
  const folder = await Deno.makeTempDir({ dir: cache });
  let ok = false;
  try {
    await prepare(folder);
    ok = report(await runTests(folder, grep ?? ""), grep === undefined);
  } finally {
    Deno.chdir(cache);
    await Deno.remove(folder, { recursive: true });
  }
  Deno.exit(ok ? 0 : 1);
}
