import { assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  type BackendName,
  useBackend,
} from "../../lib/backends/use_backend.ts";

Deno.test("useBackend() names the backends that there are when asked for another", async () => {
  const before = tf.getBackend();
  for (const name of ["tensorflwo", "toString", "", null]) {
    await assertRejects(
      () => useBackend({ name: name as BackendName, quiet: true }),
      RangeError,
      `Expected name to be one of "tensorflow", "webgpu", "wasm" but found ${
        name === null ? name : `"${name}"`
      }`,
    );
  }
  assertEquals(tf.getBackend(), before);
});
