import * as tf from "@tensorflow/tfjs";
import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { jit } from "../../lib/backends/jit.ts";
import type { Precision } from "../../lib/backends/precision.ts";
import { bfloat16Obstacle } from "../../lib/backends/tensorflow/bfloat16.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { convolution } from "../../lib/ops/convolution.ts";
import { random } from "../ops/assertions.ts";

await useBackend({ name: "tensorflow", quiet: true });

/** The nearest bfloat16, ties to even: the upper half of a float32. */
function toBfloat16(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0]!;
  const rounded = (bits + 0x7fff + (bits >>> 16 & 1)) >>> 16 << 16;
  return new Float32Array(Uint32Array.of(rounded).buffer)[0]!;
}

/** `x * y`, as a product of matrices of one value. */
async function product(
  x: number,
  y: number,
  precision: Precision,
): Promise<number> {
  const step = jit(
    (a: tf.Tensor2D, b: tf.Tensor2D) => [tf.matMul(a, b)],
    { precision },
  );
  const [a, b] = [tf.tensor2d([[x]]), tf.tensor2d([[y]])];
  const [result] = await step(a, b);
  const [value] = await result!.data();
  tf.dispose([a, b, result!]);
  step.dispose();
  return value!;
}

Deno.test("jit() in emulated bfloat16 rounds what a product reads and gives", async () => {
  for (const [x, y] of [[1 + 2 ** -9, 3], [3.14159, 2.71828], [1e30, 7e7]]) {
    const exact = toBfloat16(x!) * toBfloat16(y!);
    const rounded = await product(x!, y!, "bfloat16-emulated");
    assertEquals(rounded, toBfloat16(rounded));
    // Eigen may cut off where a processor rounds.
    assert(Math.abs(rounded - exact) < 2 ** -7 * exact, `${rounded}, ${exact}`);
    assertNotEquals(await product(x!, y!, "float32"), rounded);
  }
});

/** A strided convolution and the gradients of its sum. */
async function convolutionIn(precision: Precision): Promise<Float32Array[]> {
  const x = random([4, 8, 8, 16], 1) as tf.Tensor4D;
  const kernel = random([3, 3, 16, 32], 2) as tf.Tensor4D;
  const convolve = (x: tf.Tensor, kernel: tf.Tensor) =>
    convolution(x as tf.Tensor4D, kernel as tf.Tensor4D, 2, 1);
  const step = jit((x: tf.Tensor4D, kernel: tf.Tensor4D) => [
    convolve(x, kernel),
    ...tf.grads((x, kernel) => tf.sum(convolve(x, kernel)))([x, kernel]),
  ], { precision });
  const results = await step(x, kernel);
  const values = await Promise.all(results.map((one) => one.data()));
  tf.dispose([x, kernel, ...results]);
  step.dispose();
  return values as Float32Array[];
}

for (const precision of ["bfloat16", "bfloat16-emulated"] as const) {
  Deno.test({
    name: `a strided convolution and its gradients are rounded in ${precision}`,
    ignore: bfloat16Obstacle("CPU", precision !== "bfloat16") !== undefined,
    async fn() {
      const norm = (values: Float32Array) => Math.hypot(...values);
      const exact = await convolutionIn("float32");
      for (const [i, values] of (await convolutionIn(precision)).entries()) {
        const error = values.map((value, j) => value - exact[i]![j]!);
        const relative = norm(error) / norm(exact[i]!);
        assert(relative > 1e-6 && relative < 2 ** -7, `${i}: ${relative}`);
      }
    },
  });
}

Deno.test("jit() in emulated bfloat16 leaves variables in float32", async () => {
  const weight = tf.variable(tf.tensor2d([[1 + 2 ** -12]]));
  const step = jit((x: tf.Tensor2D) => {
    const y = tf.matMul(x, weight);
    weight.assign(tf.add(weight, tf.mul(tf.mean(y), 2 ** -14)));
    return [y];
  }, { precision: "bfloat16-emulated" });
  const x = tf.tensor2d([[1]]);
  const [y] = await step(x);
  assertEquals(await y!.data(), Float32Array.of(1));
  assertEquals(await weight.data(), Float32Array.of(1 + 2 ** -12 + 2 ** -14));
  tf.dispose([x, y!, weight]);
  step.dispose();
});

Deno.test("jit() refuses what bfloat16 does not go with", async () => {
  assertThrows(
    () => jit(() => [tf.scalar(1)], { precision: "bfloat16", xla: true }),
    TypeError,
    'Expected xla to be false or "auto" with the precision bfloat16',
  );
  assertThrows(
    () => jit(() => [tf.scalar(1)], { precision: "bf16" as "bfloat16" }),
    RangeError,
    'Expected precision to be one of "float32", "bfloat16", "bfloat16-emulated" but found "bf16"',
  );
  await useBackend({ name: "wasm", quiet: true });
  try {
    const step = jit(() => [tf.scalar(1)], { precision: "bfloat16-emulated" });
    await assertRejects(
      () => step(),
      Error,
      'Expected the backend "tensorflow" for the precision bfloat16-emulated but found "wasm": use float32',
    );
  } finally {
    await useBackend({ name: "tensorflow", quiet: true });
  }
});

Deno.test("bfloat16Obstacle() tells processors and devices apart", () => {
  assertEquals(bfloat16Obstacle("CPU", true), undefined);
  const onGpu = bfloat16Obstacle("GPU", true);
  assert(onGpu?.includes("for CPUs, and the step runs on a GPU"));
  for (const flags of [["avx2", "avx512f"], ["asimd", "bf16"]]) {
    assertEquals(bfloat16Obstacle("CPU", false, new Set(flags)), undefined);
  }
  const without = new Set(["sse2", "avx2", "fma"]);
  assertEquals(bfloat16Obstacle("CPU", true, without), undefined);
  assert(bfloat16Obstacle("CPU", false, without)?.includes("AVX-512"));
});

Deno.test("jit() refuses bfloat16 where TensorFlow has no rewriter to it", async () => {
  const module = new URL("../../lib/mod.ts", import.meta.url).href;
  const code = `
    import * as tf from "@tensorflow/tfjs";
    import { jit, useBackend } from ${JSON.stringify(module)};
    await useBackend({ name: "tensorflow", quiet: true });
    const step = jit(() => [tf.scalar(1)], { precision: "bfloat16-emulated" });
    await step().catch(({ message }) => console.log(message));
  `;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", code],
    env: { TF_ENABLE_ONEDNN_OPTS: "0" },
    stderr: "inherit",
  }).output();
  assertStringIncludes(
    new TextDecoder().decode(stdout),
    "No precision bfloat16-emulated here: TensorFlow did not rewrite a product that was tried",
  );
});
