import { assert, assertEquals } from "@std/assert";
import { useBackend } from "../../lib/backends/use_backend.ts";
import {
  adapterName,
  isSoftwareAdapter,
} from "../../lib/backends/webgpu_adapter.ts";

Deno.test("isSoftwareAdapter() knows the programs by their names, or by their own word", () => {
  const named = (description: string, isFallbackAdapter = false) =>
    isSoftwareAdapter({ description, isFallbackAdapter });
  assert(named("llvmpipe (LLVM 15.0.6, 256 bits)"));
  assert(named("Microsoft Basic Render Driver"));
  assert(named("", true));
  assert(!named("NVIDIA H200"));
});

Deno.test("adapterName() falls back on the vendor", () => {
  assertEquals(adapterName({ description: "", vendor: "apple" }), "apple");
});

Deno.test("useBackend() passes over a WebGPU that the CPU computes", async () => {
  const library = Deno.env.get("TENSORFLOW_LIBRARY");
  const info = {
    ...{ description: "llvmpipe", vendor: "" },
    isFallbackAdapter: false,
  };
  Deno.env.set("TENSORFLOW_LIBRARY", "/nowhere");
  Object.defineProperty(navigator, "gpu", {
    value: { requestAdapter: () => Promise.resolve({ info }) },
    configurable: true,
  });
  try {
    const { name, passedOver } = await useBackend({ quiet: true });
    assertEquals(name, "wasm");
    assertEquals(
      passedOver[1],
      "webgpu: llvmpipe computes on the CPU, more slowly than WebAssembly does",
    );
  } finally {
    // The one of its prototype shows again.
    Reflect.deleteProperty(navigator, "gpu");
    if (library === undefined) Deno.env.delete("TENSORFLOW_LIBRARY");
    else Deno.env.set("TENSORFLOW_LIBRARY", library);
  }
});
