import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { join } from "@std/path";
import {
  chooseTensorFlow,
  type ChooseTensorFlowOptions,
  hasNvidiaDriver,
} from "../../lib/setup/choose_tensorflow.ts";
import { SetupFailure } from "../../lib/setup/setup_failure.ts";
import { projectRoot } from "../../lib/setup/project.ts";

function choose(options: Partial<ChooseTensorFlowOptions>) {
  return chooseTensorFlow({
    os: "linux",
    arch: "x86_64",
    choice: "auto",
    hasNvidiaDriver: false,
    named: undefined,
    cudaRequirements:
      "# CUDA\ntensorflow==2.21.0\n\nnvidia-nccl-cu12==2.32.3\n",
    ...options,
  });
}

function requirements(options: Partial<ChooseTensorFlowOptions>) {
  const chosen = choose(options);
  return "requirements" in chosen ? chosen.requirements : chosen.kind;
}

Deno.test("chooseTensorFlow() takes the wheel that each system has", () => {
  const cpu = ["tensorflow-cpu==2.21.0"];
  const plain = ["tensorflow==2.21.0"];
  assertEquals(requirements({}), cpu);
  assertEquals(requirements({ arch: "aarch64" }), plain);
  assertEquals(requirements({ os: "darwin", arch: "aarch64" }), plain);
  assertEquals(requirements({ os: "darwin" }), "none");
  assertEquals(requirements({ os: "windows" }), "none");
});

Deno.test("chooseTensorFlow() takes CUDA's libraries where the driver is, or when asked", () => {
  const cuda = ["tensorflow==2.21.0", "nvidia-nccl-cu12==2.32.3"];
  const cpu = ["tensorflow-cpu==2.21.0"];
  assertEquals(requirements({ hasNvidiaDriver: true }), cuda);
  assertEquals(requirements({ choice: "gpu" }), cuda);
  assertEquals(requirements({ choice: "cpu", hasNvidiaDriver: true }), cpu);
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

Deno.test("requirements_cuda.txt pins TensorFlow's version and everything else", async () => {
  const chosen = choose({
    choice: "gpu",
    cudaRequirements: await Deno.readTextFile(
      join(projectRoot(), "lib", "setup", "requirements_cuda.txt"),
    ),
  });
  const lines = "requirements" in chosen ? chosen.requirements : [];
  assertEquals(lines[0], "tensorflow==2.21.0");
  assertEquals(lines.filter((line) => !/^[\w-]+==[\d.]+$/.test(line)), []);
});

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
