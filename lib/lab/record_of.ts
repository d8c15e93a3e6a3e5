import * as tf from "@tensorflow/tfjs";
import type { BackendInUse } from "../backends/use_backend.ts";
import { isStreamed, type TrainingData } from "../data/training_data.ts";
import { shorterSidesFor } from "../images/training_views.ts";
import { countMultiplyAdds, depthOf } from "../networks/count.ts";
import type { Network } from "../networks/layer.ts";
import { countParameters } from "../networks/parameters.ts";
import { unitPlaces } from "../networks/unit_places.ts";
import { operations } from "../networks/walk.ts";
import { describeHardware, describeSoftware } from "../records/hardware.ts";
import { leftOutNote } from "../records/left_out_note.ts";
import type { RunSpec } from "../records/run_spec.ts";
import type { RunRecord } from "../records/schema.ts";
import { hyperparametersOf } from "./hyperparameters.ts";
import type { Preset } from "../training/preset_names.ts";
import { presetOf } from "./presets.ts";
import { recordName } from "./record_name.ts";
import type { InitialiserName, Recipe } from "../training/recipe.ts";
import type { RecipeName } from "../training/recipes.ts";
import { identityChecksum } from "../training/run_identity.ts";
import type { TrainResult } from "../training/train.ts";

/** What a run was asked for. */
export interface RunSettings {
  readonly network: Network;
  readonly dataset: TrainingData;
  readonly recipe: Recipe;
  /** The preset that the recipe is, or began as. */
  readonly preset: Preset;
  readonly seed: number;
  readonly backend: BackendInUse;
  /** Which recipe it is. Default "cifar". */
  readonly recipeName?: RecipeName;
  /** What makes the run again, if it has names. */
  readonly run?: RunSpec;
  /** What the network went on from, in words; drawn values if left out. */
  readonly startedFrom?: string;
}

/** The lab record of a run. */
export async function recordOf(
  settings: RunSettings,
  result: TrainResult,
): Promise<RunRecord> {
  const { network, dataset, seed, backend, startedFrom } = settings;
  const createdAt = new Date().toISOString();
  const identity = identityChecksum(result.identity);
  const { recipe, run } = settings;
  const { validationImages: aside = 0 } = recipe;
  const { leftOut = [] } = result;
  const { curves, final, best, rateChanges: { warmedUpAt, drops } } = result;
  const last = curves.train.at(-1);
  return {
    schema: 1,
    id: idOf(settings, result.begunAt, identity),
    createdAt,
    network: {
      name: network.name,
      depth: depthOf(network),
      parameters: countParameters(network),
      multiplyAdds: countMultiplyAdds(network),
      description: `${describeNetwork(network)}; ${
        startedFrom === undefined
          ? INITIALISATIONS[recipe.initialiser ?? "he"]
          : "given values"
      }`,
    },
    data: {
      name: dataset.name,
      checksum: dataset.checksum,
      trainImages: dataset.train.count - aside,
      testImages: dataset.test.count,
      ...aside > 0 && { validationImages: aside },
      augmentation: augmentationOf(settings),
    },
    seed,
    identity,
    ...run && { run },
    ...startedFrom !== undefined && { startedFrom },
    preset: labelOf(settings),
    hyperparameters: hyperparametersOf(settings.recipe),
    hardware: await describeHardware(backend.device),
    software: describeSoftware({
      tfjs: tf.version_core,
      backend: backend.name,
      engine: backend.tracing === undefined
        ? backend.engine
        : `${backend.engine} (${backend.tracing})`,
    }),
    ...result.ranOn && { ranOn: [...result.ranOn] },
    curves: {
      train: curves.train.filter(({ loss }) => Number.isFinite(loss)),
      test: curves.test.filter(({ loss }) => Number.isFinite(loss)),
      ...curves.validation && {
        validation: curves.validation.filter(({ loss }) =>
          Number.isFinite(loss)
        ),
      },
    },
    final: {
      trainLoss: last?.loss ?? null,
      trainError: last?.error ?? null,
      testLoss: Number.isFinite(final.loss) ? final.loss : null,
      testError: final.error,
      ...final.top5Error !== undefined && { testTop5Error: final.top5Error },
      evaluatedOn: `${TRAINED_ON}; test: ${
        isStreamed(dataset)
          ? `${final.images} of the ${dataset.test.count} test images, in a shuffled order (the curve: of ${result.testImages}), the crop in the middle`
          : `the first ${final.images} test images (the curve: the first ${result.testImages}), single original view`
      }`,
    },
    ...best && {
      best: {
        step: best.step,
        validationError: best.error,
        chosenOn: `the ${aside} images set aside of those for training`,
      },
    },
    ...isMeasured(recipe) && {
      rateChanges: { warmedUpAt, drops: [...drops] },
    },
    wallTimeSeconds: result.seconds,
    millisecondsPerStep: result.millisecondsPerStep,
    stoppedBy: result.stoppedBy,
    notes: [
      ...result.failure === undefined ? [] : [result.failure],
      ...leftOut.length === 0 ? [] : [leftOutNote(leftOut)],
    ],
  };
}

function augmentationOf({ dataset, network, recipe }: RunSettings): string {
  if (isStreamed(dataset)) {
    const [size] = network.input;
    const [least, greatest] = shorterSidesFor(size);
    return `ImageNet's mean of each channel subtracted, divided by its deviation, shorter side of ${least} to ${greatest} pixels, random crop of ${size}x${size} of the image or its mirror image, AlexNet's colours`;
  }
  return "per-pixel mean subtracted, divided by 255" +
    (recipe.augmentation === "none"
      ? ""
      : ", 4 pixels of zeros a side, random crop of the image or its mirror image");
}

/** What the training error is of. */
const TRAINED_ON =
  "training: means over the mini-batches since the last point but one, augmented";

const INITIALISATIONS: Readonly<Record<InitialiserName, string>> = {
  he: "He initialisation",
  xavier: "Xavier initialisation",
  standard: "standard initialisation",
};

/** Whether errors may change the learning rate. */
function isMeasured({ warmUp, plateau }: Recipe): boolean {
  return plateau !== undefined ||
    warmUp !== undefined && "untilTrainError" in warmUp;
}

/**
 * Such as "cifar-10-resnet-56-study-seed0-20261121t093015-1f2e3d"; "smoke-custom"
 * if it began as a smoke run and is none, so that it lies beside those. The time
 * is that of the run's beginning, so a run that is stopped and gone on with keeps
 * its name. It ends with the first digits of its checksum: runs of a sweep that
 * begin in one second on several machines are told apart by them.
 */
function idOf(
  settings: RunSettings,
  begunAt: string,
  identity: string,
): string {
  const { dataset, network, preset, seed } = settings;
  const { recipeName = "cifar" } = settings;
  const kind = recipeName === "cifar" ? preset : `${recipeName}-${preset}`;
  const label = labelOf(settings) === preset ? kind : `${kind}-custom`;
  const time = begunAt.slice(0, 19).replaceAll(/[-:]/g, "");
  const digits = identity.slice("sha256:".length).slice(0, 6);
  return recordName(
    ...[dataset.name, network.name, label, `seed${seed}`, time, digits],
  );
}

/** The preset by which a record goes. */
function labelOf(
  { recipe, preset, startedFrom, recipeName }: RunSettings,
): RunRecord["preset"] {
  return startedFrom === undefined
    ? presetOf(recipe, preset, recipeName)
    : "custom";
}

/** Such as "57 convolution, 56 batchNorm, ...; 27 residual units". */
function describeNetwork(network: Network): string {
  const kinds = Map.groupBy(operations(network), ({ layer }) => layer.kind);
  const counts = Array.from(kinds, ([kind, { length }]) => `${length} ${kind}`);
  const places = unitPlaces(network);
  const units = (["residual", "gated"] as const).flatMap((kind) => {
    const { length } = places.filter((unit) => unit.kind === kind);
    return length > 0 ? [`${length} ${kind} units`] : [];
  });
  const shortcuts = units.length === 0 ? "no shortcuts" : units.join(", ");
  return `${counts.join(", ")}; ${shortcuts}`;
}
