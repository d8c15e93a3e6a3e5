import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit, type Jitted } from "../../../lib/backends/jit.ts";
import { registerTensorFlow } from "../../../lib/backends/tensorflow/backend.ts";
import { profileOps } from "../../../lib/backends/tensorflow/profile.ts";
import { momentumUpdate } from "../../../lib/ops/momentum_update.ts";
import { countingLibrary } from "./counting_library.ts";

const counting = countingLibrary();
const { engine } = await registerTensorFlow(counting.library);
await tf.setBackend("tensorflow");

function numbers(...tensors: readonly tf.Tensor[]): (number | undefined)[] {
  return tensors.map((tensor) => tensor.dataSync()[0]);
}

/** velocity = 0.5 * velocity + gradient; parameter = parameter - velocity */
function update(
  parameter: tf.Variable,
  velocity: tf.Variable,
  gradient: tf.Tensor,
): void {
  momentumUpdate(parameter, velocity, gradient, {
    learningRate: tf.scalar(1),
    momentum: 0.5,
  });
}

/** A step as it is and as one traced function. */
function bothWays(
  step: (x: tf.Tensor) => tf.Tensor[],
): Record<string, Jitted<[tf.Tensor], tf.Tensor[]>> {
  const eager = (x: tf.Tensor) =>
    Promise.resolve(tf.tidy(() => step(x).map((t) => tf.clone(t))));
  return {
    eager: Object.assign(eager, { traces: 0, dispose() {} }),
    traced: jit(step),
  };
}

Deno.test("momentumUpdate() is TensorFlow's op", () => {
  const parameter = tf.variable(tf.scalar(10));
  const velocity = tf.variable(tf.scalar(4));
  const costs = profileOps(
    engine,
    () => tf.tidy(() => update(parameter, velocity, tf.scalar(1))),
  );
  assert(costs.some(({ op }) => op === "ResourceApplyMomentum"));
  assertEquals(numbers(parameter, velocity), [7, 3]);
  tf.dispose([parameter, velocity]);
});

Deno.test("an update in place leaves copies as they were", async () => {
  const parameter = tf.variable(tf.scalar(10));
  const velocity = tf.variable(tf.scalar(4));
  const step = (x: tf.Tensor) => {
    update(parameter, velocity, x);
    return [parameter.mul(1)];
  };
  for (const [way, run] of Object.entries(bothWays(step))) {
    parameter.assign(tf.scalar(10));
    velocity.assign(tf.scalar(4));
    const first = parameter.clone();
    await run(tf.scalar(1));
    const second = parameter.clone();
    const view = velocity.reshape([1]);
    const [third] = await run(tf.scalar(1));
    const found = numbers(first, second, view, third!, parameter, velocity);
    assertEquals(found, [10, 7, 3, 4.5, 4.5, 2.5], way);
    run.dispose();
  }
  tf.dispose([parameter, velocity]);
});

Deno.test("a step reads a variable as it is at that point of the code", async () => {
  const parameter = tf.variable(tf.scalar(10));
  const velocity = tf.variable(tf.scalar(4));
  const step = (x: tf.Tensor) => {
    const before = parameter.add(0);
    update(parameter, velocity, x);
    const between = parameter.add(0);
    update(parameter, velocity, x);
    const after = parameter.add(0);
    parameter.assign(parameter.mul(2));
    const assigned = parameter.add(0);
    update(parameter, velocity, x);
    return [before, between, after, assigned, parameter, velocity];
  };
  for (const [way, run] of Object.entries(bothWays(step))) {
    parameter.assign(tf.scalar(10));
    velocity.assign(tf.scalar(4));
    const results = await run(tf.scalar(1));
    assertEquals(numbers(...results), [10, 7, 4.5, 9, 6.75, 2.25], way);
    assertEquals(numbers(parameter, velocity), [6.75, 2.25], way);
    run.dispose();
  }
  tf.dispose([parameter, velocity]);
});

Deno.test("a step's own copy of a variable outlasts its update", async () => {
  const parameter = tf.variable(tf.scalar(10));
  const velocity = tf.variable(tf.scalar(4));
  const step = (x: tf.Tensor) => {
    const copy = parameter.clone();
    update(parameter, velocity, x);
    return [copy.add(0), parameter.add(0)];
  };
  for (const [way, run] of Object.entries(bothWays(step))) {
    parameter.assign(tf.scalar(10));
    velocity.assign(tf.scalar(4));
    assertEquals(numbers(...await run(tf.scalar(1))), [10, 7], way);
    run.dispose();
  }
  tf.dispose([parameter, velocity]);
});

Deno.test("a variable can be the gradient of its own update", async () => {
  const parameter = tf.variable(tf.scalar(10));
  const velocity = tf.variable(tf.scalar(4));
  const step = (x: tf.Tensor) => {
    update(parameter, velocity, parameter);
    update(parameter, velocity, velocity);
    return [x];
  };
  for (const [way, run] of Object.entries(bothWays(step))) {
    parameter.assign(tf.scalar(10));
    velocity.assign(tf.scalar(4));
    // velocity 2 + 10, parameter -2; velocity 6 + 12, parameter -20
    await run(tf.scalar(0));
    assertEquals(numbers(parameter, velocity), [-20, 18], way);
    run.dispose();
  }
  tf.dispose([parameter, velocity]);
});

Deno.test("XLA takes variables that share their data", async () => {
  const shared = tf.scalar(3);
  const [a, b] = [tf.variable(shared), tf.variable(shared)];
  const add = jit((x: tf.Tensor) => [a.add(b).add(x)], { xla: true });
  assertEquals(numbers(...await add(tf.scalar(1))), [7]);
  add.dispose();
  tf.dispose([shared, a, b]);
});

Deno.test("a step can swap two variables", async () => {
  const a = tf.variable(tf.scalar(1));
  const b = tf.variable(tf.scalar(2));
  const swap = jit((x: tf.Tensor) => {
    const kept = a.clone();
    a.assign(b.clone());
    b.assign(kept);
    return [x];
  });
  await swap(tf.scalar(0));
  assertEquals(numbers(a, b), [2, 1]);
  await swap(tf.scalar(0));
  assertEquals(numbers(a, b), [1, 2]);
  swap.dispose();
  tf.dispose([a, b]);
});

Deno.test("two steps change the same variables in turn", async () => {
  const total = tf.variable(tf.scalar(1));
  const add = jit((x: tf.Tensor) => {
    total.assign(total.add(x));
    return [];
  });
  const double = jit((x: tf.Tensor) => {
    total.assign(total.mul(2));
    return [x];
  });
  const x = tf.scalar(3);
  await Promise.all([add(x), double(x), add(x)]);
  assertEquals(numbers(total), [11]);
  // What was read goes on holding while the variable changes.
  const read = total.mul(1);
  await add(x);
  assertEquals(numbers(read, total), [11, 14]);
  tf.dispose([total, x, read]);
});

Deno.test("variables keep their type: integers and truth values change too", async () => {
  const count = tf.variable(tf.scalar(1, "int32"));
  const flag = tf.variable(tf.scalar(false, "bool"));
  const step = jit((x: tf.Tensor) => {
    count.assign(count.add(tf.scalar(1, "int32")));
    flag.assign(flag.logicalNot());
    return [x];
  });
  await step(tf.scalar(0));
  assertEquals([count.dtype, flag.dtype], ["int32", "bool"]);
  assertEquals(numbers(count, flag), [2, 1]);
  step.dispose();
  tf.dispose([count, flag]);
});

Deno.test("variables disposed of while a step runs are freed after it", async () => {
  const side = 600;
  const run = async () => {
    const weight = tf.tidy(() => tf.variable(tf.ones([side, side])));
    const step = jit((x: tf.Tensor) => {
      weight.assign(weight.matMul(weight).div(side) as tf.Tensor);
      return [weight.sum().add(x)];
    });
    const x = tf.scalar(0);
    tf.dispose([...await step(x)]);
    const running = step(x);
    // The step's turn comes in a microtask: it is under way after a while.
    await new Promise((resolve) => setTimeout(resolve, 0));
    weight.dispose();
    const [sum] = await running;
    assertEquals(numbers(sum!), [side * side]);
    step.dispose();
    tf.dispose([x, sum!]);
  };
  await run();
  const before = { ...counting.alive(), values: engine.size };
  for (let i = 0; i < 5; i++) await run();
  assertEquals({ ...counting.alive(), values: engine.size }, before);
});

Deno.test("a step that disposes of a variable is refused, and leaves nothing", async () => {
  const outside = tf.scalar(1);
  const run = async () => {
    const gone = tf.tidy(() => tf.variable(tf.ones([2]), true, "gone"));
    const step = jit((x: tf.Tensor) => {
      const sum = gone.add(outside).mul(x);
      gone.dispose();
      return [sum];
    });
    const x = tf.scalar(2);
    await assertRejects(
      () => step(x),
      Error,
      "Expected the variable gone to live while code is traced but the code disposed of it",
    );
    step.dispose();
    x.dispose();
  };
  const counts = () => {
    const { numTensors, numDataBuffers } = tf.memory();
    const counted = counting.alive();
    return { ...counted, numTensors, numDataBuffers, values: engine.size };
  };
  await run();
  const before = counts();
  for (let i = 0; i < 3; i++) await run();
  assertEquals(counts(), before);
  outside.dispose();
});

Deno.test("updates in place agree bit for bit with the formula", async () => {
  const start = tf.randomNormal([1000], 0, 1, "float32", 1);
  const gradient = tf.randomNormal([1000], 0, 1, "float32", 2);
  const inPlace = [tf.variable(start), tf.variable(tf.zerosLike(start))];
  const plain = [tf.variable(start), tf.variable(tf.zerosLike(start))];
  const step = jit((gradient: tf.Tensor) => {
    const rates = {
      learningRate: tf.scalar(0.1),
      momentum: 0.9,
      weightDecay: 0.01,
    };
    momentumUpdate(inPlace[0]!, inPlace[1]!, gradient, rates);
    const [parameter, velocity] = plain;
    velocity!.assign(velocity!.add(parameter!.mul(0.01 / 0.9)));
    velocity!.assign(velocity!.mul(rates.momentum).add(gradient));
    parameter!.assign(parameter!.sub(velocity!.mul(rates.learningRate)));
    return [];
  });
  for (let i = 0; i < 3; i++) await step(gradient);
  assertEquals(await inPlace[0]!.data(), await plain[0]!.data());
  assertEquals(await inPlace[1]!.data(), await plain[1]!.data());
  step.dispose();
  tf.dispose([start, gradient, ...inPlace, ...plain]);
});
