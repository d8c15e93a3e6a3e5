import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { describeChoice, renderReport } from "../../lib/setup/doctor_report.ts";
import { facts, tensorflow } from "./example_facts.ts";

const GPU = { name: "NVIDIA H200", memoryMebibytes: 143771, driver: "570.86" };

const NO_TENSORFLOW = {
  tensorflow: { problem: "TensorFlow is not installed", mend: "install it" },
};

Deno.test("describeChoice() names the fastest that a machine has", () => {
  assertEquals(
    describeChoice(facts({})),
    "TensorFlow 2.21.0 on the CPU (2 cores)",
  );
  assertEquals(
    describeChoice(
      facts({ tensorflow: tensorflow(["CPU", "GPU"]), gpus: [GPU] }),
    ),
    "TensorFlow 2.21.0 on the GPU (NVIDIA H200)",
  );
  assertEquals(
    describeChoice(facts({
      ...NO_TENSORFLOW,
      webgpu: { description: "Apple M2", isSoftware: false },
    })),
    "WebGPU on Apple M2",
  );
  for (
    const webgpu of [undefined, { description: "llvmpipe", isSoftware: true }]
  ) {
    assertEquals(
      describeChoice(facts({ ...NO_TENSORFLOW, webgpu })),
      "WebAssembly on the CPU (2 cores)",
    );
  }
});

Deno.test("renderReport() has nothing to do on a machine that has everything", () => {
  const report = renderReport(facts({}));
  assertStringIncludes(report, "2.21.0 (tensorflow 2.21.0 in .venv)");
  assert(!report.includes("What to do"));
  assert(!report.includes("!"));
});

Deno.test("renderReport() asks nothing where nothing can be done", () => {
  const report = renderReport(facts({
    tensorflow: { problem: "TensorFlow is not available on Windows" },
  }));
  assertStringIncludes(report, "  TensorFlow is not available on Windows");
  assert(!report.includes("What to do"));
  assert(!report.includes("!"));
});

Deno.test("renderReport() says what to do about each thing that is missing", () => {
  const report = renderReport(facts({
    ...NO_TENSORFLOW,
    dataSets: [{
      name: "CIFAR-10",
      state: { problem: "not at hand", mend: "set CIFAR10_DIR" },
    }],
  }));
  assertStringIncludes(report, "! TensorFlow");
  assertStringIncludes(
    report,
    "What to do:\n- TensorFlow: install it\n- CIFAR-10: set CIFAR10_DIR",
  );
});

Deno.test("renderReport() says nothing of WebGPU where all is still to be set up", () => {
  const report = renderReport(facts({
    ...NO_TENSORFLOW,
    jupyterlab: { problem: "not installed", mend: "run deno task setup" },
    webgpu: { description: "llvmpipe", isSoftware: true },
  }));
  assert(!report.includes("will run on WebGPU"));
  assertStringIncludes(report, "run `npx -y deno@2 task setup`, then");
  assertStringIncludes(renderReport(facts({})), "The notebooks will run on");
});

Deno.test("renderReport() promises nothing of what set-up would change", () => {
  const tensorflow = { problem: "not installed", mend: "run deno task setup" };
  const report = renderReport(facts({ tensorflow }));
  assert(!report.includes("notebooks will run on WebAssembly"));
  assertStringIncludes(report, "run `npx -y deno@2 task setup`, then");
  const none = { problem: "TensorFlow is not available on Windows" };
  assertStringIncludes(
    renderReport(facts({ tensorflow: none })),
    "The notebooks will run on WebAssembly",
  );
});

Deno.test("renderReport() promises nothing where notebooks will stop", () => {
  const wrongFolder = renderReport(facts({
    dataSets: [{
      name: "CIFAR-10",
      state: { problem: "no folder /nope", mend: "correct it", stops: true },
    }],
  }));
  assertStringIncludes(
    wrongFolder,
    "will not run before what is wrong with CIFAR-10 is mended",
  );
  assert(!wrongFolder.includes("will run on"));

  const report = renderReport(facts({
    tensorflow: {
      ...{ problem: "no file /nope", mend: "correct TENSORFLOW_LIBRARY" },
      stops: true,
    },
    webgpu: { description: "llvmpipe", isSoftware: true },
  }));
  assertStringIncludes(report, "The notebooks will not run before");
  assert(!report.includes("will run on"));
});

Deno.test("renderReport() says why a GPU is not used", () => {
  const cpuWheel = renderReport(facts({ gpus: [GPU], hasNvidiaDriver: true }));
  assertStringIncludes(cpuWheel, "this TensorFlow was built for the CPU");
  assertStringIncludes(cpuWheel, "run deno task setup --gpu");
  const oldDriver = renderReport(facts({
    gpus: [GPU],
    hasNvidiaDriver: true,
    tensorflowOnGpu: "Cannot dlopen some GPU libraries.",
  }));
  assertStringIncludes(oldDriver, "Cannot dlopen some GPU libraries.");
  assertStringIncludes(oldDriver, "update NVIDIA's driver");
});
