import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { stepCosts } from "../../lib/measurements/step_cost.ts";
import { loneUnit } from "../../lib/networks/lone_unit.ts";
import { testOnEachBackend } from "../on_each_backend.ts";

testOnEachBackend(
  "stepCosts() counts, times and frees what it made",
  async () => {
    const unit = loneUnit({ unit: "basic", width: 4, size: 8 });
    const wider = loneUnit({ unit: "bottleneck", width: 4, size: 8 });
    await stepCosts([unit, wider], { times: 1 }); // constants that the backend keeps
    const before = tf.memory().numTensors;
    const [cost, other] = await stepCosts([unit, wider], {
      batchSize: 3,
      times: 2,
    });
    assertEquals(cost?.network, "basic 4-4");
    assertEquals(cost?.multiplyAdds, 3 * 18 * 4 ** 2 * 8 ** 2);
    assert(cost!.milliseconds > 0);
    assertEquals(other?.multiplyAdds, 3 * 17 * 4 ** 2 * 8 ** 2);
    assertEquals(tf.memory().numTensors, before);
  },
);

testOnEachBackend(
  "stepCosts() has the memory of the maps that are kept",
  async () => {
    const bytesOf = async (unit: "basic" | "bottleneck", batchSize: number) => {
      const network = loneUnit({ unit, width: 4, size: 8 });
      const [cost] = await stepCosts([network], { batchSize, times: 1 });
      return cost!.peakBytes / (4 * batchSize * 8 * 8 * 4); // in maps of 4 channels
    };
    // By hand: at least the inputs of both convolutions, normalisations and ReLUs.
    // At most ten times what all seven layers give: WebGPU has no op for batch
    // normalisation, and keeps what its parts give.
    const basic = await bytesOf("basic", 4);
    assert(basic > 5 && basic < 70, `${basic}`);
    // Twice the images take twice the maps.
    const twice = await bytesOf("basic", 8);
    assert(Math.abs(twice / basic - 1) < 0.1, `${twice} and ${basic}`);
    const ratio = await bytesOf("bottleneck", 4) / basic;
    assert(ratio > 2 && ratio < 5, `${ratio}`);
  },
);

Deno.test("stepCosts() wants whole numbers", async () => {
  const unit = loneUnit({ unit: "basic" });
  await assertRejects(
    () => stepCosts([unit], { batchSize: 0 }),
    RangeError,
    "Expected batchSize to be an integer of at least 1 but found 0",
  );
});
