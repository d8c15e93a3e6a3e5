import * as tf from "@tensorflow/tfjs";
import type { BackendInUse } from "../backends/use_backend.ts";
import type { Dataset } from "../data/dataset.ts";
import { countMultiplyAdds, depthOf } from "../networks/count.ts";
import type { Network } from "../networks/layer.ts";
import { countParameters } from "../networks/parameters.ts";
import { describeHardware, describeSoftware } from "../records/hardware.ts";
import type { RunRecord } from "../records/schema.ts";
import { learningRateAt, type Recipe } from "../training/recipe.ts";
import type { TrainResult } from "../training/train.ts";

/** What a run was asked for. */
export interface RunSettings {
  readonly network: Network;
  readonly dataset: Dataset;
  readonly recipe: Recipe;
  readonly preset: RunRecord["preset"];
  readonly seed: number;
  readonly backend: BackendInUse;
}

/** The lab record of a run. */
export async function recordOf(
  settings: RunSettings,
  result: TrainResult,
): Promise<RunRecord> {
  const { network, dataset, preset, seed, backend } = settings;
  const createdAt = new Date().toISOString();
  const { curves, final } = result;
  const last = curves.train.at(-1);
  return {
    schema: 1,
    id: idOf(settings, createdAt),
    createdAt,
    network: {
      name: network.name,
      depth: depthOf(network),
      parameters: countParameters(network),
      multiplyAdds: countMultiplyAdds(network),
      description: describeNetwork(network),
    },
    data: {
      name: dataset.name,
      checksum: dataset.checksum,
      trainImages: dataset.train.count,
      testImages: dataset.test.count,
      augmentation:
        "per-pixel mean subtracted, 4 pixels of zeros a side, random crop of the image or its mirror image",
    },
    seed,
    preset,
    hyperparameters: hyperparametersOf(settings.recipe),
    hardware: await describeHardware(backend.device),
    software: describeSoftware({
      tfjs: tf.version_core,
      backend: backend.name,
      engine: backend.engine,
    }),
    curves: { train: [...curves.train], test: [...curves.test] },
    final: {
      trainLoss: last?.loss ?? final.loss,
      trainError: last?.error ?? final.error,
      testLoss: final.loss,
      testError: final.error,
      evaluatedOn:
        `training: means over the mini-batches since the last point but one, augmented; test: the first ${final.images} test images, single original view`,
    },
    wallTimeSeconds: result.seconds,
    millisecondsPerStep: result.millisecondsPerStep,
    stoppedBy: result.stoppedBy,
    notes: result.failure === undefined ? [] : [result.failure],
  };
}

/** Such as "cifar-10-resnet-56-study-seed0-20261121t0930". */
function idOf(
  { dataset, network, preset, seed }: RunSettings,
  createdAt: string,
): string {
  const time = createdAt.slice(0, 16).replaceAll(/[-:]/g, "");
  return [dataset.name, network.name, preset, `seed${seed}`, time]
    .join("-").toLowerCase();
}

function hyperparametersOf(recipe: Recipe): RunRecord["hyperparameters"] {
  const { batchSize, steps, learningRate, momentum, weightDecay, warmUp } =
    recipe;
  return {
    batchSize,
    steps,
    learningRate,
    schedule: recipe.milestones.map((step) => ({
      step,
      learningRate: learningRateAt(recipe, step),
    })),
    momentum,
    weightDecay,
    weightDecayOn: recipe.decayOn,
    ...warmUp && { warmup: { ...warmUp } },
  };
}

function describeNetwork(network: Network): string {
  const shortcuts = JSON.stringify(network.layers).includes('"residual"')
    ? "parameter-free shortcuts (option A)"
    : "no shortcuts";
  return `3x3 convolutions in three stages of 16, 32 and 64 filters, batch normalisation, ${shortcuts}, He initialisation`;
}
