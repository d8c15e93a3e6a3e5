import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  type BackendName,
  useBackend,
} from "../../lib/backends/use_backend.ts";

Deno.test("useBackend() asked for twice at once starts one backend", async () => {
  const code = `
    import * as tf from "@tensorflow/tfjs";
    import { useBackend } from "${new URL(
    "../../lib/backends/use_backend.ts",
    import.meta.url,
  )}";
    import { registerTensorFlow } from "${new URL(
    "../../lib/backends/tensorflow/backend.ts",
    import.meta.url,
  )}";
    const options = { name: "tensorflow", quiet: true };
    await Promise.all([useBackend(options), useBackend(options)]);
    const { engine } = await registerTensorFlow();
    const before = engine.size;
    const x = tf.add(tf.tensor1d([1, 2]), 1);
    console.log(engine.size > before, tf.engine().backend === tf.backend(), x.dataSync().join());
  `;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-lock", code],
    cwd: new URL("../..", import.meta.url),
  }).output();
  const [said, words] = [stdout, stderr].map((part) =>
    new TextDecoder().decode(part)
  );
  assertEquals(said, "true true 2,3\n", words);
});

Deno.test("useBackend() with a wrong TENSORFLOW_LIBRARY says so of TensorFlow alone", async () => {
  // Before Mesa's drivers: they bring an LLVM that TensorFlow must not find.
  await useBackend({ name: "tensorflow", quiet: true });
  const before = Deno.env.get("TENSORFLOW_LIBRARY");
  Deno.env.set("TENSORFLOW_LIBRARY", "/nowhere");
  try {
    // Where there is no GPU that is why.
    const ending = await useBackend({ name: "webgpu", quiet: true })
      .then(({ name }) => name, ({ message }) => message as string);
    assertMatch(ending, /^webgpu$|WebGPU adapter/);
  } finally {
    if (before === undefined) Deno.env.delete("TENSORFLOW_LIBRARY");
    else Deno.env.set("TENSORFLOW_LIBRARY", before);
  }
});

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
