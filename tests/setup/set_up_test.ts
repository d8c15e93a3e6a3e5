import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path";
import { SetupFailure } from "../../lib/setup/setup_failure.ts";
import { findTensorFlowLibrary } from "../../lib/setup/tensorflow_library.ts";
import { cannotFake, makeProject } from "./test_project.ts";

function test(name: string, body: () => Promise<void>): void {
  Deno.test({ name, ignore: cannotFake, fn: body });
}

/** Whether any package under `.venv` is one that pip left half unpacked. */
async function hasHalfPackage(folder: string): Promise<boolean> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (name === "half-unpacked") return true;
    if (isDirectory && await hasHalfPackage(join(folder, name))) return true;
  }
  return false;
}

test("setUp() makes the environment, fetches TensorFlow and writes the kernel", async () => {
  await using project = await makeProject();
  const { installed, withoutWheels } = await project.setUp();
  assertEquals(installed, ["environment", "tensorflow", "kernel"]);
  assertEquals(withoutWheels, undefined);
  const library = findTensorFlowLibrary({
    root: project.root,
    named: undefined,
    os: "linux",
  });
  assertEquals(library?.origin, "tensorflow-cpu 2.21.0 in .venv");
  const kernel = JSON.parse(
    await Deno.readTextFile(
      join(project.root, ".venv/share/jupyter/kernels/deno/kernel.json"),
    ),
  );
  assertEquals(kernel.argv[0], "/opt/deno");
  assertMatch(project.said(), /Installing JupyterLab \(\d+ MB to fetch\)/);
  assertMatch(project.said(), /TensorFlow 2\.21\.0 .*done in \d/);
});

test("setUp() asks pip for wheels only, TensorFlow's without dependencies", async () => {
  await using project = await makeProject();
  await project.setUp({ FAKE_VERSION: "3.14" });
  const [jupyterlab, tensorflow, ...others] = project.pipRuns();
  assertEquals(others, []);
  assert(jupyterlab?.endsWith(" --only-binary :all: -r requirements.txt"));
  assertStringIncludes(tensorflow ?? "", "--no-deps");
  assert(tensorflow?.endsWith(" -r requirements_tensorflow_cpu.txt"));
  assertStringIncludes(tensorflow ?? "", "--python-version 3.13");
});

test("setUp() leaves an environment alone that is only linked here", async () => {
  await using project = await makeProject();
  const others = await Deno.makeTempDir();
  await Deno.writeTextFile(join(others, "precious"), "");
  await Deno.symlink(others, join(project.root, ".venv"));
  const failure = await assertRejects(() => project.setUp(), SetupFailure);
  assertStringIncludes(failure.message, "is a link to");
  assert((await Deno.stat(join(others, "precious"))).isFile);
  await Deno.remove(others, { recursive: true });
});

test("setUp() runs no pip where nothing is to be done", async () => {
  await using project = await makeProject();
  await project.setUp();
  const runs = project.pipRuns().length;
  const { installed } = await project.setUp();
  assertEquals(installed, []);
  assertEquals(project.pipRuns().length, runs);
});

for (
  const [requirements, installed] of [
    ["requirements.txt", ["environment", "tensorflow", "kernel"]],
    ["requirements_tensorflow_cpu.txt", ["tensorflow"]],
  ] as const
) {
  test(`setUp() installs anew where ${requirements} has changed`, async () => {
    await using project = await makeProject();
    await project.setUp();
    const path = join(project.root, "lib/setup", requirements);
    await Deno.writeTextFile(path, "another==2.0\n");
    assertEquals((await project.setUp()).installed, [...installed]);
  });
}

test("setUp() remembers --gpu, and changes back with --cpu", async () => {
  await using project = await makeProject();
  await project.setUp({}, "gpu");
  assert(
    project.pipRuns().at(-1)?.endsWith(" -r requirements_tensorflow_cuda.txt"),
  );
  const { choice } = JSON.parse(
    await Deno.readTextFile(join(project.root, ".venv/setup.json")),
  );
  assertEquals(choice, "gpu");
  const { installed } = await project.setUp({}, "cpu");
  assertEquals(installed, ["tensorflow"]);
});

for (const part of ["jupyterlab", "tensorflow"]) {
  test(`setUp() repairs an install of ${part} that was killed`, async () => {
    await using project = await makeProject();
    const failure = await assertRejects(
      () => project.setUp({ FAKE_PIP: "killed", FAKE_PIP_PART: part }),
      SetupFailure,
      "was interrupted",
    );
    assertStringIncludes(failure.mend, "run this again");
    const venv = join(project.root, ".venv");
    assert(await hasHalfPackage(venv));
    const { installed } = await project.setUp();
    assert(installed.includes("tensorflow"));
    assert(!await hasHalfPackage(venv));
    assertEquals((await project.setUp()).installed, []);
  });
}

test("setUp() repairs a .venv that lost its library or its Python", async () => {
  await using project = await makeProject();
  await project.setUp();
  const venv = join(project.root, ".venv");
  const site = join(venv, "lib/python3.12/site-packages");
  await Deno.remove(join(site, "tensorflow/libtensorflow_cc.so.2"));
  assertEquals((await project.setUp()).installed, ["tensorflow"]);
  await Deno.remove(join(venv, "bin/python"));
  assertEquals((await project.setUp()).installed[0], "environment");
});

test("setUp() makes a .venv anew that another program has made", async () => {
  await using project = await makeProject();
  const stray = join(project.root, ".venv/lib/python3.9/site-packages/stray");
  await Deno.mkdir(stray, { recursive: true });
  assertEquals((await project.setUp()).installed[0], "environment");
  await assertRejects(() => Deno.stat(stray), Deno.errors.NotFound);
});

test("setUp() run twice at once installs once", async () => {
  await using project = await makeProject();
  const results = await Promise.all([project.setUp(), project.setUp()]);
  const installs = results.filter(({ installed }) =>
    installed.includes("environment")
  );
  assertEquals(installs.length, 1);
  assertEquals(project.pipRuns().length, 2);
});

test("setUp() rewrites a kernel that names another Deno", async () => {
  await using project = await makeProject();
  await project.setUp();
  const kernel = join(
    project.root,
    ".venv/share/jupyter/kernels/deno/kernel.json",
  );
  await Deno.writeTextFile(kernel, '{"argv":["/old/deno"]}');
  assertEquals((await project.setUp()).installed, ["kernel"]);
  assertStringIncludes(await Deno.readTextFile(kernel), "/opt/deno");
});

test("setUp() fetches no TensorFlow where TENSORFLOW_LIBRARY names one", async () => {
  await using project = await makeProject();
  const own = join(project.root, "own");
  await Deno.mkdir(own);
  await Deno.writeTextFile(join(own, "libtensorflow_cc.so.2"), "");
  await Deno.writeTextFile(join(own, "libtensorflow_framework.so.2"), "");
  const result = await project.setUp({ TENSORFLOW_LIBRARY: own });
  assertEquals(result.installed, ["environment", "kernel"]);
  assertEquals(result.withoutWheels?.kind, "own");
  assertEquals(project.pipRuns().length, 1);
});

test("setUp() names what a wrong TENSORFLOW_LIBRARY lacks, and fetches nothing", async () => {
  await using project = await makeProject();
  const failure = await assertRejects(
    () => project.setUp({ TENSORFLOW_LIBRARY: "/nowhere" }),
    SetupFailure,
    "Expected TENSORFLOW_LIBRARY to be the path of libtensorflow_cc.so.2 or its folder but found no file /nowhere",
  );
  assertStringIncludes(failure.mend, "unset it");
  assertEquals(project.pipRuns(), []);
});

test("setUp() says that Debian's Python cannot make environments", async () => {
  await using project = await makeProject();
  const failure = await assertRejects(
    () =>
      project.setUp({
        FAKE_VENV:
          "The virtual environment was not created successfully because ensurepip is not available.",
      }),
    SetupFailure,
    "lacks its module ensurepip",
  );
  assertStringIncludes(failure.mend, "sudo apt install python3-venv");
});

test("setUp() explains a pip without network, and keeps all that pip said", async () => {
  await using project = await makeProject();
  const words = "[Errno -3] Temporary failure in name resolution";
  await assertRejects(
    () => project.setUp({ FAKE_PIP: words }),
    SetupFailure,
    "JupyterLab could not be fetched: the package index cannot be reached",
  );
  const log = join(project.root, ".venv/setup.log");
  assertStringIncludes(await Deno.readTextFile(log), words);
});

test("setUp() explains a disk that fills up", async () => {
  await using project = await makeProject();
  const failure = await assertRejects(
    () =>
      project.setUp({
        FAKE_PIP: "ERROR: [Errno 28] No space left on device",
        FAKE_PIP_PART: "tensorflow",
      }),
    SetupFailure,
    "The disk is full: TensorFlow 2.21.0 for the CPU (x86-64) does not fit",
  );
  assertStringIncludes(failure.mend, "free about 1.3 GB");
});

test("setUp() explains a project folder that belongs to another user", async () => {
  // The super-user may write anywhere, so there is nothing to see as one.
  if (Deno.uid() === 0) return;
  await using project = await makeProject();
  await Deno.chmod(project.root, 0o555);
  await assertRejects(
    () => project.setUp(),
    SetupFailure,
    "The project's folder cannot be written to",
  );
  await Deno.chmod(project.root, 0o755);
});
