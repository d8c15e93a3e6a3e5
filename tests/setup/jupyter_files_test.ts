import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import {
  jupyterVariables,
  writeJupyterFiles,
} from "../../lib/setup/jupyter_files.ts";
import { labArguments } from "../../lib/setup/lab.ts";

Deno.test("writeJupyterFiles() writes a kernel once, and again for another Deno", async () => {
  const root = await Deno.makeTempDir();
  const kernel = join(root, ".venv/share/jupyter/kernels/deno/kernel.json");
  try {
    assert((await writeJupyterFiles(root, "/a/deno")).includes(kernel));
    assertEquals(await writeJupyterFiles(root, "/a/deno"), []);
    assertEquals(await writeJupyterFiles(root, "/b/deno"), [kernel]);
    assertEquals(JSON.parse(await Deno.readTextFile(kernel)), {
      argv: ["/b/deno", "jupyter", "--kernel", "--conn", "{connection_file}"],
      display_name: "Deno",
      language: "typescript",
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("jupyterVariables() keeps all that Jupyter writes inside .venv", () => {
  const { JUPYTER_PREFER_ENV_PATH, ...folders } = jupyterVariables("/p", {});
  assertEquals(JUPYTER_PREFER_ENV_PATH, "1");
  for (const [name, folder] of Object.entries(folders)) {
    assert(
      folder.startsWith(join("/p", ".venv", "jupyter")),
      `${name} is ${folder}`,
    );
  }
});

Deno.test("jupyterVariables() makes the reader's paths absolute", () => {
  const variables = jupyterVariables("/p", {
    CIFAR10_DIR: "../cifar",
    TENSORFLOW_LIBRARY: "",
  });
  assertEquals(variables.CIFAR10_DIR, join(Deno.cwd(), "..", "cifar"));
  assertEquals(variables.TENSORFLOW_LIBRARY, undefined);
});

Deno.test("labArguments() lets root start JupyterLab, and nobody else say so", () => {
  const asked = (user: number | null) =>
    labArguments("/p", [], user).includes("--allow-root");
  assertEquals([0, 1000, null].map(asked), [true, false, false]);
});

Deno.test("labArguments() puts the reader's own arguments last", () => {
  const args = labArguments("/p", ["--no-browser"]);
  assertEquals(args.slice(0, 2), ["-m", "jupyterlab"]);
  assertEquals(args.at(-1), "--no-browser");
});
