import { assertAlmostEquals, assertEquals } from "@std/assert";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { initialise } from "../../lib/networks/initialise.ts";
import {
  convolution,
  dense,
  globalAveragePool,
  type Network,
  parametricRelu,
} from "../../lib/networks/layer.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { train } from "../../lib/training/train.ts";
import { OPTIONS } from "./small_training.ts";

await useBackend({ name: "tensorflow", quiet: true });

Deno.test("weight decay acts on what the recipe says", async () => {
  // With a learning rate so small that gradients count for nothing, decay of
  // 1e6 shrinks what decays.
  const shrunk = async (decayOn: "all" | "kernels") => {
    const { model } = await train({
      ...OPTIONS,
      recipe: paperRecipe({
        steps: 1,
        batchSize: 16,
        learningRate: 1e-7,
        weightDecay: 1e6,
        decayOn,
      }),
    });
    const values = await model.values();
    model.dispose();
    return values.get("norm/scale")![0]! < 0.95;
  };
  assertEquals(await shrunk("all"), true);
  assertEquals(await shrunk("kernels"), false);
});

Deno.test("weight decay leaves the slopes of parametric ReLUs alone", async () => {
  const network: Network = {
    name: "prelu",
    input: [32, 32, 3],
    layers: [
      convolution("conv", 4, 3, { bias: true }),
      parametricRelu("relu"),
      globalAveragePool("pool"),
      dense("classifier", 4),
    ],
  };
  const { model } = await train({
    ...OPTIONS,
    network,
    recipe: paperRecipe({
      steps: 1,
      batchSize: 16,
      learningRate: 1e-7,
      weightDecay: 1e6,
    }),
  });
  const values = await model.values();
  const start = initialise(network, { seed: OPTIONS.seed });
  const part = (name: string) => values.get(name)![0]! / start.get(name)![0]!;
  assertAlmostEquals(part("conv/kernel"), 0.9, 1e-3);
  assertAlmostEquals(part("relu/slope"), 1, 1e-5);
  model.dispose();
});
