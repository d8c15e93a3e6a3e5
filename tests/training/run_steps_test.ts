import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { checkpointNames } from "../../lib/checkpoints/write_checkpoint.ts";
import { build } from "../../lib/networks/model.ts";
import type { Evaluator } from "../../lib/training/evaluate.ts";
import { RunCheckpoints } from "../../lib/training/run_checkpoints.ts";
import { runIdentity } from "../../lib/training/run_identity.ts";
import { runSteps } from "../../lib/training/run_steps.ts";
import {
  type DrawnStep,
  type Draws,
  Stepper,
} from "../../lib/training/stepper.ts";
import { SMALL_RUN } from "../checkpoints/small_run.ts";

await useBackend({ name: "tensorflow", quiet: true });

/** Draws the steps' numbers, until one cannot be drawn. */
class Numbers implements Draws<number> {
  readonly #fails: (step: number) => void;
  step: number;

  constructor(step: number, fails: (step: number) => void) {
    this.step = step;
    this.#fails = fails;
  }

  async next(): Promise<number> {
    await Promise.resolve();
    this.#fails(this.step);
    return this.step++;
  }

  dispose() {}
}

function failsAt(wrong: number) {
  return (step: number) => {
    if (step === wrong) throw new Error("no more");
  };
}

/** The checkpoints of a run that ends by an error, or otherwise. */
async function checkpointsOf(
  fails: {
    readonly drawing?: (step: number) => void;
    readonly updating?: (step: number) => void;
    readonly judging?: () => void;
    /** The loss of a step. */
    readonly loss?: (step: number) => number;
  },
  ending = "no more",
): Promise<string[]> {
  const { drawing = () => {}, updating = () => {}, judging = () => {} } = fails;
  const { loss = () => 1 } = fails;
  const directory = await Deno.makeTempDir();
  const model = build(SMALL_RUN.network, { seed: 0 });
  // Each update adds 1.
  const weight = tf.variable(tf.scalar(0));
  const state = new Map([["weight", weight]]);
  const step: DrawnStep<number> = {
    state,
    run(draw, number) {
      assertEquals(draw, number);
      weight.assign(tf.scalar(number + 1));
      updating(number);
      return Promise.resolve({
        ...{ loss: tf.scalar(loss(number)), mistakes: tf.scalar(0), images: 1 },
      });
    },
    findNonFinite: () => "the loss",
  };
  const stepper = new Stepper(
    step,
    SMALL_RUN.recipe,
    (from) => new Numbers(from, drawing),
  );
  const judge: Evaluator = {
    async run() {
      await Promise.resolve();
      judging();
      return { loss: 1, error: 1, images: 1, stopped: false };
    },
    dispose() {},
  };
  try {
    using checkpoints = new RunCheckpoints(
      { directory },
      await runIdentity(SMALL_RUN),
      state,
    );
    await checkpoints.begin();
    const ended = await runSteps(SMALL_RUN, {
      ...{ model, stepper, judge, chooser: undefined, watch: () => 0 },
      ...{ checkpoints, begun: undefined, leftOut: undefined },
      begunAt: "2026-01-02T03:04:05Z",
    }).then(({ stoppedBy }) => stoppedBy, ({ message }) => message);
    assertEquals(ended, ending);
    return await checkpointNames(directory);
  } finally {
    await stepper.dispose();
    model.dispose();
    weight.dispose();
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("runSteps() keeps what is trained if the next mini-batch cannot be drawn", async () => {
  assertEquals(
    await checkpointsOf({ drawing: failsAt(3) }),
    ["step-00000003"],
  );
});

Deno.test("runSteps() keeps what is trained if it cannot be judged", async () => {
  // SMALL_RUN has a point every 4 steps.
  assertEquals(
    await checkpointsOf({ judging: () => failsAt(4)(4) }),
    ["step-00000004"],
  );
});

Deno.test("runSteps() writes no checkpoint of a network between two updates", async () => {
  assertEquals(await checkpointsOf({ updating: failsAt(3) }), []);
  // Steps are made again to find where a loss is not finite.
  let seen = false;
  const again = (step: number) => {
    if (seen) failsAt(2)(step);
    seen ||= step === 3;
  };
  const loss = (step: number) => step === 3 ? NaN : 1;
  assertEquals(await checkpointsOf({ loss, drawing: again }), []);
});

Deno.test("runSteps() writes no checkpoint of a network that went back further than its curves", async () => {
  const failed = "not a finite number";
  // A step of which the loss is not finite, found again.
  const same = (step: number) => step === 3 ? NaN : 1;
  assertEquals(await checkpointsOf({ loss: same }, failed), ["step-00000003"]);
  // As on a GPU, where an earlier one may fail the second time.
  let seen = false;
  const earlier = (step: number) => {
    seen ||= step === 3;
    return step === 3 || seen && step === 1 ? NaN : 1;
  };
  assertEquals(await checkpointsOf({ loss: earlier }, failed), []);
});
