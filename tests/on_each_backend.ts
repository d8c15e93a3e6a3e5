import { type BackendName, useBackend } from "../lib/backends/use_backend.ts";

// Started outside the tests, which may leave no library open; TensorFlow before
// an adapter is asked for: Mesa's drivers and TensorFlow both bring an LLVM,
// and it crashes if it finds theirs.
await useBackend({ name: "tensorflow", quiet: true });

/** Backends that this machine has. */
const PRESENT: readonly BackendName[] = [
  "tensorflow",
  ...await navigator.gpu?.requestAdapter() ? ["webgpu" as const] : [],
  "wasm",
];
for (const name of PRESENT) await useBackend({ name, quiet: true });

/**
 * Registers a test once for each backend, with the backend in its name. On a
 * backend that it cannot run on it is ignored, and its name says why.
 *
 * @param without Reasons by backend.
 */
export function testOnEachBackend(
  name: string,
  test: () => void | Promise<void>,
  without: Partial<Record<BackendName, string>> = {},
): void {
  for (const backend of PRESENT) {
    const reason = without[backend];
    Deno.test({
      name: `${name} [${backend}${reason === undefined ? "" : `: ${reason}`}]`,
      ignore: reason !== undefined,
      async fn() {
        await useBackend({ name: backend, quiet: true });
        await test();
      },
    });
  }
}
