/** Layers outside the stages, of ResNets and then of VGGs. */
const OUTSIDE: ReadonlyMap<string, string> = new Map([
  ["conv", "conv1"],
  ["norm", "bn1"],
  ["classifier", "fc"],
  ["fc1", "classifier.0"],
  ["fc2", "classifier.3"],
  ["fc3", "classifier.6"],
]);

/** Layers of a residual unit's shortcut. */
const SHORTCUT: ReadonlyMap<string, string> = new Map([
  ["projection", "downsample.0"],
  ["projectionNorm", "downsample.1"],
]);

/** Layers of a residual unit's body, which are numbered. */
const BODY: ReadonlyMap<string, string> = new Map([
  ["conv", "conv"],
  ["norm", "bn"],
]);

/**
 * torchvision's path of a layer of ours, for ResNets and VGGs.
 *
 * @param path Ours, such as "stage2/unit1/projection".
 * @param paths The paths of all layers, in the order in which data flows: a
 * VGG's convolutions are numbered through all stages.
 * @returns Theirs, such as "layer2.0.downsample.0", or `undefined` if they have
 * none.
 *
 * @example Usage
 * ```ts
 * import { torchvisionPath } from "./torchvision_path.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(torchvisionPath("stage1/unit2/norm3", []), "layer1.1.bn3");
 * const paths = ["stage1/conv1", "stage1/conv2", "stage2/conv1"];
 * assertEquals(torchvisionPath("stage2/conv1", paths), "features.5");
 * ```
 */
export function torchvisionPath(
  path: string,
  paths: readonly string[],
): string | undefined {
  const [, stage, unit, layer] =
    /^stage([1-9]\d*)\/unit([1-9]\d*)\/(\w+)$/.exec(path) ?? [];
  if (layer !== undefined) {
    const name = unitLayer(layer);
    return name && `layer${stage}.${Number(unit) - 1}.${name}`;
  }
  return OUTSIDE.get(path) ?? featurePath(path, paths);
}

function unitLayer(layer: string): string | undefined {
  const [, kind = "", number] = /^([a-z]+)([1-9]\d*)$/.exec(layer) ?? [];
  const name = BODY.get(kind);
  return name === undefined ? SHORTCUT.get(layer) : name + number;
}

/**
 * In a VGG's list of features each convolution is followed by a ReLU, and each
 * stage by a pooling.
 */
function featurePath(
  path: string,
  paths: readonly string[],
): string | undefined {
  const stage = featureStage(path);
  if (stage === undefined) return undefined;
  const before = paths.slice(0, paths.indexOf(path))
    .filter((other) => featureStage(other) !== undefined);
  return `features.${2 * before.length + stage - 1}`;
}

function featureStage(path: string): number | undefined {
  const [, stage] = /^stage([1-9]\d*)\/conv[1-9]\d*$/.exec(path) ?? [];
  return stage === undefined ? undefined : Number(stage);
}
