import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { join } from "@std/path";
import {
  chooseTensorFlow,
  type ChooseTensorFlowOptions,
  hasNvidiaDriver,
  TENSORFLOW_VERSION,
} from "../../lib/setup/choose_tensorflow.ts";
import { SetupFailure } from "../../lib/setup/setup_failure.ts";
import { projectRoot } from "../../lib/setup/project.ts";

const CPU = "requirements_tensorflow_cpu.txt";
const PLAIN = "requirements_tensorflow.txt";
const CUDA = "requirements_tensorflow_cuda.txt";

function choose(options: Partial<ChooseTensorFlowOptions>) {
  return chooseTensorFlow({
    os: "linux",
    arch: "x86_64",
    choice: "auto",
    hasNvidiaDriver: false,
    named: undefined,
    ...options,
  });
}

function requirements(options: Partial<ChooseTensorFlowOptions>) {
  const chosen = choose(options);
  return "requirements" in chosen ? chosen.requirements : chosen.kind;
}

Deno.test("chooseTensorFlow() takes the wheel that each system has", () => {
  assertEquals(requirements({}), CPU);
  assertEquals(requirements({ arch: "aarch64" }), PLAIN);
  assertEquals(requirements({ os: "darwin", arch: "aarch64" }), PLAIN);
  assertEquals(requirements({ os: "darwin" }), "none");
  assertEquals(requirements({ os: "windows" }), "none");
});

Deno.test("chooseTensorFlow() takes CUDA's libraries where the driver is, or when asked", () => {
  assertEquals(requirements({ hasNvidiaDriver: true }), CUDA);
  assertEquals(requirements({ choice: "gpu" }), CUDA);
  assertEquals(requirements({ choice: "cpu", hasNvidiaDriver: true }), CPU);
});

Deno.test("chooseTensorFlow() fetches none beside an own library", () => {
  const chosen = choose({ named: "/opt/tensorflow" });
  assertEquals(chosen.kind, "own");
});

Deno.test("chooseTensorFlow() says that Windows goes on with WebGPU or WebAssembly", () => {
  const chosen = choose({ os: "windows" });
  assertStringIncludes(
    "why" in chosen ? chosen.why : "",
    "TensorFlow is not available on Windows, so everything runs on WebGPU or WebAssembly",
  );
});

Deno.test("chooseTensorFlow() throws on --gpu where TensorFlow uses none", () => {
  for (const os of ["darwin", "windows"] as const) {
    assertThrows(
      () => choose({ os, arch: "aarch64", choice: "gpu" }),
      SetupFailure,
      "TensorFlow uses a GPU on Linux x86-64 with NVIDIA's driver only",
    );
  }
});

for (const name of [CPU, PLAIN, CUDA, "requirements.txt"]) {
  Deno.test(`${name} pins what its source asks for, by version and checksum`, async () => {
    const folder = join(projectRoot(), "lib", "setup");
    const text = await Deno.readTextFile(join(folder, name));
    // A package in a line, its checksums in the lines after.
    const packages = text.replaceAll("\\\n", "").trim().split("\n")
      .map((line) => line.split(/\s+(?=--)/));
    for (const [pinned, ...checksums] of packages) {
      assertMatch(pinned!, /^[\w.-]+==[\w.]+( ; .+)?$/);
      assert(checksums.length > 0, pinned);
      for (const one of checksums) {
        assertMatch(one, /^--hash=sha256:[\da-f]{64}$/);
      }
    }
    const pinned = packages.map(([one]) => one!.split(" ")[0]!);
    const source = join(folder, name.replace(/txt$/, "in"));
    const asked = (await Deno.readTextFile(source)).split("\n")
      .filter((line) => /^\w.*==/.test(line));
    assert(asked.length > 0);
    assertEquals(asked.filter((one) => !pinned.includes(one)), []);
    for (const one of pinned.filter((one) => one.startsWith("tensorflow"))) {
      assertEquals(one.split("==")[1], TENSORFLOW_VERSION);
    }
  });
}

Deno.test("hasNvidiaDriver() finds nvidia-smi on the PATH", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "nvidia-smi"), "");
    assertEquals(hasNvidiaDriver({ PATH: folder }, "linux"), true);
    assertEquals(hasNvidiaDriver({ PATH: folder }, "darwin"), false);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
