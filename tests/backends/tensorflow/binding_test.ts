import { assert, assertEquals, assertThrows } from "@std/assert";
import { createBinding } from "../../../lib/backends/tensorflow/binding.ts";
import { Engine } from "../../../lib/backends/tensorflow/engine.ts";
import { TensorFlowError } from "../../../lib/backends/tensorflow/library.ts";

Deno.test("createBinding() names a library that cannot be opened", () => {
  assertThrows(
    () => createBinding("/nowhere/libtensorflow_cc.so.2"),
    Error,
    "Cannot open the TensorFlow library /nowhere/libtensorflow_cc.so.2",
  );
});

Deno.test("createBinding() runs ops on what it is given", () => {
  const binding = createBinding();
  const { TF_FLOAT, TF_INT32, TF_INT64, TF_BOOL, TF_ATTR_TYPE } = binding;
  const a = binding.createTensor([2], TF_FLOAT, Float32Array.of(1, 2));
  const b = binding.createTensor([2], TF_FLOAT, Float32Array.of(3, 5));
  const [sum] = binding.executeOp(
    "AddV2",
    [{ name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT }],
    [a, b],
    1,
  );
  assertEquals(sum?.shape, [2]);
  assertEquals(binding.tensorDataSync(sum!.id), Float32Array.of(4, 7));
  for (
    const [type, values] of [
      [TF_INT32, Int32Array.of(-1, 7)],
      [TF_INT64, Int32Array.of(5, 0, -1, -1)], // two int64, low word first
      [TF_BOOL, Uint8Array.of(1, 0)],
    ] as const
  ) {
    const id = binding.createTensor([2], type, values);
    const read: ArrayLike<number | bigint> = binding.tensorDataSync(id);
    const expected = type === TF_INT64 ? [5n, -1n] : Array.from(values);
    assertEquals(Array.from(read), expected);
  }
  const [complex] = binding.executeOp("Complex", [], [a, b], 1);
  assertEquals(
    binding.tensorDataSync(complex!.id),
    Float32Array.of(1, 3, 2, 5),
  );
});

Deno.test("createBinding() refuses values that do not fit", () => {
  const binding = createBinding();
  assertThrows(
    () => binding.createTensor([3], binding.TF_FLOAT, Float32Array.of(1, 2)),
    Error,
    "expected 12 bytes for shape [3] of float32 but found 8",
  );
  assertThrows(
    () => binding.createTensor([2], binding.TF_FLOAT, Int32Array.of(1, 2)),
    Error,
    "Tensor type does not match Int32Array",
  );
  assertThrows(() => binding.deleteTensor(77), Error, "tensor_id: 77");
});

Deno.test("an op's error names it, its inputs' shapes and TensorFlow's words", () => {
  const binding = createBinding();
  const a = binding.createTensor([2, 2], 1, new Float32Array(4));
  const b = binding.createTensor([3, 1], 1, new Float32Array(3));
  const error = assertThrows(
    () => binding.executeOp("MatMul", [], [a, b], 1),
    TensorFlowError,
    "TensorFlow op MatMul([2, 2] float32, [3, 1] float32): ",
  );
  assertEquals(error.code, "INVALID_ARGUMENT");
  assert(error.message.includes("Matrix size-incompatible"));
});

Deno.test("Engine lists and names its devices", () => {
  const { devices, device } = new Engine().context;
  assert(devices.some(({ type }) => type === "CPU"));
  assert(devices.includes(device));
  assert(/device:(CPU|GPU):\d+$/.test(device.name), device.name);
  assert(device.memoryBytes > 0);
});
