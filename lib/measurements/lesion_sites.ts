import { equal } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import type { Tap, UnitTap } from "../networks/forward.ts";
import type { Layer, Network } from "../networks/layer.ts";
import { unitPlaces } from "../networks/unit_places.ts";
import { operations } from "../networks/walk.ts";

/** What can be dropped from a network that runs. */
export interface LesionSite {
  /**
   * Path of the unit, or of the last of the layers, that its input replaces.
   */
  readonly path: string;
  /** A unit gives its shortcut alone; layers of a plain network their input. */
  readonly kind: "unit" | "layers";
  /** Of layers: path of the layer whose output is their input. */
  readonly input?: string;
}

/**
 * What a lesion study drops one by one (Veit et al. 2016, section 4.1): each
 * residual or gated unit; of a network without any, each convolution or fully
 * connected layer with the normalisation and the non-linearity that follow it,
 * where it gives the shape that it takes.
 */
export function lesionSites(network: Network): LesionSite[] {
  const units = unitPlaces(network);
  return units.length > 0
    ? units.map(({ path }) => ({ path, kind: "unit" }))
    : plainSites(network);
}

/** Kinds of layers that go with the weighted layer before them. */
const FOLLOWERS: readonly Layer["kind"][] = [
  "batchNorm",
  "activation",
  "parametricRelu",
];

function plainSites(network: Network): LesionSite[] {
  // Where ways part, a layer's input is not the output of the one before it.
  if (!isChain(network.layers)) return [];
  const all = operations(network);
  return all.flatMap(({ layer, input }, i): LesionSite[] => {
    const before = all[i - 1];
    const weighted = layer.kind === "convolution" || layer.kind === "dense";
    if (!weighted || before === undefined) return [];
    let last = i;
    while (FOLLOWERS.includes(all[last + 1]?.layer.kind ?? "flatten")) last++;
    const end = all[last];
    return end === undefined || !equal(end.output, input)
      ? []
      : [{ path: end.path, kind: "layers", input: before.path }];
  });
}

function isChain(layers: readonly Layer[]): boolean {
  return layers.every((layer) =>
    layer.kind === "sequence"
      ? isChain(layer.layers)
      : layer.kind !== "concatenation"
  );
}

/** Taps that drop sites. */
export interface LesionTaps {
  readonly tap: Tap;
  readonly tapUnit: UnitTap;
}

/**
 * Taps that leave a site as it is where its value is 1, and drop it where that
 * is 0.
 *
 * @param kept Of shape `[sites]`.
 */
export function lesionTaps(
  sites: readonly LesionSite[],
  kept: tf.Tensor1D,
): LesionTaps {
  const places = new Map(sites.map(({ path }, i) => [path, i]));
  const inputs = new Set(sites.map(({ input }) => input));
  const outputs = new Map<string, tf.Tensor>();
  const mix = (place: number, whole: tf.Tensor, dropped: tf.Tensor) => {
    const share = tf.reshape(tf.slice(kept, place, 1), []);
    return tf.add(tf.mul(share, whole), tf.mul(tf.sub(1, share), dropped));
  };
  return {
    tap(path, output) {
      const place = places.get(path);
      const site = place === undefined ? undefined : sites[place];
      const input = outputs.get(site?.input ?? "");
      const given = place === undefined || input === undefined
        ? output
        : mix(place, output, input);
      if (inputs.has(path)) outputs.set(path, given);
      return given;
    },
    tapUnit(path, { output, shortcut }) {
      const place = places.get(path);
      return place === undefined ? output : mix(place, output, shortcut);
    },
  };
}
