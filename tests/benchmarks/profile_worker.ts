/**
 * Prints where the time of a training step goes:
 *
 *     profile_worker.ts <index of the values to start from> <steps>
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { registerTensorFlow } from "../../lib/backends/tensorflow/backend.ts";
import {
  costsByOp,
  type OpCost,
  profileOps,
} from "../../lib/backends/tensorflow/profile.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { Model } from "../../lib/networks/model.ts";
import { paperRecipe } from "../../lib/training/recipe.ts";
import { readExchange } from "./exchange.ts";
import { table } from "./markdown.ts";
import { residentBatch } from "./resident_runner.ts";
import { residentStep } from "./resident_step.ts";

/** Rows of a table: beyond these little is left. */
const ROWS = 30;

async function main(path: string, steps: number): Promise<void> {
  await useBackend({ name: "tensorflow" });
  const { engine } = await registerTensorFlow();
  const { index, values } = await readExchange(path);
  const { depth, batchSize } = index;
  const model = new Model(cifarResNet({ depth }), values);
  const { images, labels } = residentBatch(values, model.network);
  const step = residentStep(model, paperRecipe({ steps: 64000, batchSize }));
  const run = () => tf.dispose(tf.tidy(() => step(images, labels)[0]));
  run(); // The first one makes what later ones reuse.
  const started = performance.now();
  const costs = profileOps(engine, () => {
    for (let i = 0; i < steps; i++) run();
  });
  const milliseconds = (performance.now() - started) / steps;
  const inOps = costs.reduce((sum, cost) => sum + cost.milliseconds, 0) / steps;
  console.log(
    [
      `A step of ResNet-${depth}, batch ${batchSize}, op by op: ${
        milliseconds.toFixed(1)
      } ms, of which ${inOps.toFixed(1)} in ops.`,
      "Traced, it is faster: ops run side by side, unused gradients are left out, and JavaScript is out of the way.",
      describe("op", costsByOp(costs), steps),
      describe("op and shapes of its inputs", costs, steps),
    ].join("\n\n"),
  );
}

function describe(
  what: string,
  costs: readonly OpCost[],
  steps: number,
): string {
  const total = costs.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return table(
    [what, "ms a step", "%", "calls a step"],
    costs.slice(0, ROWS).map(({ op, shapes, calls, milliseconds }) => [
      `${op} ${shapes}`.trimEnd(),
      (milliseconds / steps).toFixed(2),
      (100 * milliseconds / total).toFixed(1),
      String(calls / steps),
    ]),
  );
}

if (import.meta.main) {
  const [path = "", steps = "5"] = Deno.args;
  await main(path, Number(steps));
}
