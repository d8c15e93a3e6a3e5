import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { findTensorFlowLibrary } from "../../lib/setup/tensorflow_library.ts";

const CC = "libtensorflow_cc.so.2";
const FRAMEWORK = "libtensorflow_framework.so.2";

async function inFolder(
  files: string[],
  body: (folder: string) => void | Promise<void>,
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    for (const file of files) {
      await Deno.mkdir(join(folder, file, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder, file), "");
    }
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("findTensorFlowLibrary() takes the file that is named, or its folder", () =>
  inFolder([CC, FRAMEWORK], (folder) => {
    const expected = {
      cc: join(folder, CC),
      framework: join(folder, FRAMEWORK),
      origin: "TENSORFLOW_LIBRARY",
    };
    for (const named of [folder, join(folder, CC)]) {
      assertEquals(findTensorFlowLibrary({ named, os: "linux" }), expected);
    }
  }));

Deno.test("findTensorFlowLibrary() names the file that a named folder lacks", () =>
  inFolder([CC], (folder) => {
    assertThrows(
      () => findTensorFlowLibrary({ named: folder, os: "linux" }),
      Deno.errors.NotFound,
      `with ${FRAMEWORK} beside it, but found no file ${
        join(folder, FRAMEWORK)
      }`,
    );
    assertThrows(
      () => findTensorFlowLibrary({ named: folder, os: "darwin" }),
      Deno.errors.NotFound,
      `found no file ${join(folder, "libtensorflow_cc.2.dylib")}`,
    );
  }));

Deno.test("findTensorFlowLibrary() finds the wheel in .venv, by each system's names", () => {
  const site = ".venv/lib/python3.12/site-packages";
  return inFolder([
    `${site}/tensorflow/${CC}`,
    `${site}/tensorflow/${FRAMEWORK}`,
    `${site}/tensorflow/libtensorflow_cc.2.dylib`,
    `${site}/tensorflow/libtensorflow_framework.2.dylib`,
    `${site}/tensorflow_cpu-2.21.0.dist-info/METADATA`,
  ], (root) => {
    const find = (os: typeof Deno.build.os) =>
      findTensorFlowLibrary({ root, named: undefined, os });
    assertEquals(find("linux"), {
      cc: join(root, site, "tensorflow", CC),
      framework: join(root, site, "tensorflow", FRAMEWORK),
      origin: "tensorflow-cpu 2.21.0 in .venv",
    });
    assertEquals(
      find("darwin")?.cc,
      join(root, site, "tensorflow/libtensorflow_cc.2.dylib"),
    );
    assertEquals(find("windows"), undefined);
  });
});

Deno.test("findTensorFlowLibrary() finds nothing in a project that is not set up", () =>
  inFolder(["deno.json"], (root) => {
    assertEquals(
      findTensorFlowLibrary({ root, named: undefined, os: "linux" }),
      undefined,
    );
  }));

Deno.test({
  name: "findTensorFlowLibrary() follows a link to where the libraries are",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder([`real/${CC}`, `real/${FRAMEWORK}`], async (folder) => {
      await Deno.symlink(join(folder, "real", CC), join(folder, "link.so"));
      const found = findTensorFlowLibrary({
        named: join(folder, "link.so"),
        os: "linux",
      });
      assertEquals(found?.cc, join(folder, "real", CC));
      assertEquals(found?.framework, join(folder, "real", FRAMEWORK));
    }),
});
