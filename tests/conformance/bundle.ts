import { dirname, fromFileUrl, join } from "@std/path";
import { build, type Plugin, stop } from "esbuild";

/** The folder of tfjs-node's published JavaScript. */
const dist = dirname(
  fromFileUrl(import.meta.resolve("@tensorflow/tfjs-node-gpu/dist/index.js")),
);

/** The published test files of tfjs-node itself, in the order of a glob. */
function ownTests(): string[] {
  return ["", "io"].flatMap((folder) =>
    [...Deno.readDirSync(join(dist, folder))]
      .map(({ name }) => `./${join(folder, name)}`)
      .filter((path) => path.endsWith("_test.js"))
  ).sort();
}

/**
 * The modules that tfjs-node's test runner asks for and that have no place
 * here, each as the little of it that is used.
 */
const replacements: Readonly<Record<string, () => string>> = {
  // It looks for the compiled addon: ours is a file beside the bundle.
  "@mapbox/node-pre-gyp": () =>
    `exports.find = () => require("node:path").join(__dirname, "binding.cjs");`,
  // It globs for tfjs-node's tests in TypeScript; published is what they
  // compile to.
  "jasmine": () =>
    `module.exports = class {
      loadConfig({ random }) { jasmine.getEnv().configure({ random }); }
      execute() {
        ${ownTests().map((path) => `require("${path}");`).join("\n")}
        jasmine.getEnv().execute();
      }
    };`,
  "tmp": () =>
    `const { mkdtempSync } = require("node:fs");
    const { resolve } = require("node:path");
    exports.dirSync = () => ({ name: mkdtempSync(resolve("tmp-")) });`,
  "yargs": () => `exports.argv = { grep: process.env.CONFORMANCE_GREP };`,
};

const replace: Plugin = {
  name: "replace",
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(${Object.keys(replacements).join("|")})$`);
    onResolve({ filter }, ({ path }) => ({ path, namespace: "replacement" }));
    onLoad({ filter, namespace: "replacement" }, ({ path }) => ({
      contents: replacements[path]?.() ?? "",
      resolveDir: dist,
    }));
  },
};

/**
 * tfjs-node is compiled to functions that call their base class as a function,
 * which tfjs-core's modules, with real classes, forbid.
 */
const construct: Plugin = {
  name: "construct",
  setup({ onLoad }) {
    const filter = /tfjs-node-gpu.dist.(callbacks|nodejs_kernel_backend)\.js$/;
    onLoad({ filter }, async ({ path }) => ({
      contents: `const construct = (base, self, ...parameters) =>
        Reflect.construct(base, parameters, self.constructor);
      ${
        (await Deno.readTextFile(path)).replaceAll(
          "_super.call(",
          "construct(_super, ",
        )
      }`,
    }));
  },
};

/**
 * Bundles tfjs-node's own test runner, `dist/run_tests.js`, as it is
 * published, with the tests of tfjs-core and tfjs-node that it loads and the
 * list of tests that it ignores. In one bundle there is one tfjs-core, which
 * the tests, the kernels and the backend must share.
 *
 * @param target Where the CommonJS file is written.
 */
export async function bundle(target: string): Promise<void> {
  await build({
    entryPoints: [join(dist, "run_tests.js")],
    outfile: target,
    bundle: true,
    platform: "node",
    format: "cjs",
    mainFields: ["module", "main"],
    // tfjs-core declares its tests to be without side effects, and esbuild
    // would drop them.
    ignoreAnnotations: true,
    logLevel: "error",
    plugins: [replace, construct],
  });
  await stop();
}
