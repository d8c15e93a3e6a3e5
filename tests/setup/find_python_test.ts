import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { findPython } from "../../lib/setup/find_python.ts";
import { SetupFailure } from "../../lib/setup/setup_failure.ts";
import { cannotFake, makeProject, putPython } from "./test_project.ts";

function test(name: string, body: () => Promise<void>): void {
  Deno.test({ name, ignore: cannotFake, fn: body });
}

function find(PATH: string, variables: Record<string, string> = {}) {
  return findPython({ environment: { PATH, ...variables }, os: "linux" });
}

test("findPython() finds python3 and its version", async () => {
  await using machine = await makeProject();
  assertEquals(await find(machine.programs), {
    path: join(machine.programs, "python3"),
    version: [3, 12],
  });
});

test("findPython() says where there is no Python how to get one", async () => {
  await using machine = await makeProject();
  const failure = await assertRejects(
    () => find(machine.root),
    SetupFailure,
    "No Python was found on the PATH; JupyterLab needs Python 3.10 or newer",
  );
  assertStringIncludes(failure.mend, "sudo apt install python3 python3-venv");
});

test("findPython() says that a Python is too old", async () => {
  await using machine = await makeProject();
  await assertRejects(
    () => find(machine.programs, { FAKE_VERSION: "3.9" }),
    SetupFailure,
    "is too old: JupyterLab needs Python 3.10 or newer",
  );
});

test("findPython() takes Python 4 for newer than 3.10", async () => {
  await using machine = await makeProject();
  const { version } = await find(machine.programs, { FAKE_VERSION: "4.0" });
  assertEquals(version, [4, 0]);
});

test("findPython() names the package that Debian leaves out", async () => {
  await using machine = await makeProject();
  const failure = await assertRejects(
    () => find(machine.programs, { FAKE_MISSING: "ensurepip" }),
    SetupFailure,
    "lacks its module ensurepip",
  );
  assertStringIncludes(failure.mend, "sudo apt install python3.12-venv");
});

test("findPython() passes over an old python3 for a newer one with its number", async () => {
  await using machine = await makeProject();
  const old = join(machine.programs, "python3");
  await Deno.writeTextFile(old, "#!/bin/sh\necho python 3 8\n");
  const path = await putPython(machine.programs, "python3.11");
  assertEquals((await find(machine.programs)).path, path);
});

test("findPython() passes over a python3 that only asks to be installed", async () => {
  await using machine = await makeProject();
  const stub = join(machine.programs, "python3");
  await Deno.writeTextFile(
    stub,
    "#!/bin/sh\necho no developer tools\nexit 1\n",
  );
  const path = await putPython(machine.programs, "python");
  assertEquals((await find(machine.programs)).path, path);
});

test("findPython() takes the one that PYTHON names, and no other", async () => {
  await using machine = await makeProject();
  const path = await putPython(machine.root, "my-python");
  const found = await find(machine.programs, { PYTHON: path });
  assertEquals(found.path, path);
  await assertRejects(
    () => find(machine.programs, { PYTHON: "/nowhere/python" }),
    SetupFailure,
    "The variable PYTHON names /nowhere/python, which is no Python that starts",
  );
});
