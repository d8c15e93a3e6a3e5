/** What a WebGPU adapter is called. */
export function adapterName(
  { description, vendor }: Pick<GPUAdapterInfo, "description" | "vendor">,
): string {
  return description || vendor || "a graphics card without a name";
}

/**
 * Whether a WebGPU adapter is a program that does a graphics card's work on the
 * CPU. WebAssembly trains several times as fast there.
 *
 * @example
 * ```ts
 * import { isSoftwareAdapter } from "./webgpu_adapter.ts";
 * import { assert } from "@std/assert";
 *
 * const description = "llvmpipe (LLVM 19.1.7, 256 bits)";
 * assert(isSoftwareAdapter({ description, isFallbackAdapter: false }));
 * ```
 */
export function isSoftwareAdapter(
  { description, isFallbackAdapter }: Pick<
    GPUAdapterInfo,
    "description" | "isFallbackAdapter"
  >,
): boolean {
  return isFallbackAdapter ||
    // Mesa's, Chromium's and Windows's, which do not always say so.
    /llvmpipe|swiftshader|basic render/i.test(description);
}
