import type { Facts } from "../../lib/setup/doctor_facts.ts";

/** TensorFlow, found with these devices. */
export function tensorflow(devices: string[]): Facts["tensorflow"] {
  return {
    found: {
      cc: "/p/libtensorflow_cc.so.2",
      framework: "/p/libtensorflow_framework.so.2",
      origin: "tensorflow 2.21.0 in .venv",
      version: "2.21.0",
      devices,
    },
  };
}

/** What the doctor finds on a machine that lacks nothing but a GPU. */
export function facts(changes: Partial<Facts>): Facts {
  return {
    os: "linux",
    arch: "x86_64",
    cores: 2,
    instructions: "AVX2",
    memoryBytes: 8 * 2 ** 30,
    deno: { version: "2.9.6", path: "/opt/deno" },
    python: { found: { version: "3.12", path: "/usr/bin/python3" } },
    jupyterlab: { found: "4.6.6" },
    tensorflow: tensorflow(["CPU"]),
    tensorflowOnGpu: undefined,
    hasNvidiaDriver: false,
    gpus: [],
    webgpu: undefined,
    dataSets: [{ name: "CIFAR-10", state: { found: "/data/cifar" } }],
    ...changes,
  };
}
