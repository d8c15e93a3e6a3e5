import { FAMILIES } from "./families.ts";
import type { Family, ImageShape } from "./family.ts";
import type { Network } from "./layer.ts";
import { nearest } from "./nearest.ts";

export type { ImageShape } from "./family.ts";

/** CIFAR-10's images. */
const CIFAR: ImageShape = { height: 32, width: 32, channels: 3, classes: 10 };

/** Short names of the networks that are asked for most. */
const SHORT: Readonly<Record<string, string>> = {
  plain: "cifar-plain",
  resnet: "cifar-resnet",
};

/**
 * The network that a name stands for: a family, its depth, and options if any,
 * such as "cifar-resnet-56", "cifar-resnet-110:shortcut=B:activation=original"
 * or "googlenet:imageSize=64". {@linkcode networkNames} lists them. "plain-20"
 * and "resnet-56" are short for "cifar-plain-20" and "cifar-resnet-56". Capitals
 * count as small letters.
 *
 * Where images are given, the network reads them and tells their classes apart;
 * networks for ImageNet keep their own size of images unless the name says
 * another, those for CIFAR 32x32.
 *
 * @param images Default CIFAR-10's, for ImageNet's networks 1000 classes.
 * @throws {Error} If it stands for none; the nearest is named.
 *
 * @example The network of R16 Fig. 2 (d)
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { networkByName } from "./network_by_name.ts";
 *
 * const { name } = networkByName(
 *   "cifar-resnet-110:variant=shortcutOnlyGating:gateBias=-6",
 * );
 * assertEquals(name, "ResNet-110, shortcut-only gating -6");
 * ```
 */
export function networkByName(name: string, images?: ImageShape): Network {
  const { family, size, texts } = parse(name);
  const shape = images ??
    (family.options["imageSize"] ? { ...CIFAR, classes: 1000 } : CIFAR);
  try {
    return family.build(size, texts, shape);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const Same = error instanceof RangeError ? RangeError : Error;
    throw new Same(`${name}: ${error.message}`);
  }
}

/**
 * One way of writing a network's name: the whole family's name, small letters,
 * options in the order of the alphabet.
 *
 * @throws {Error} If it is no network's name.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { canonicalNetworkName } from "./network_by_name.ts";
 *
 * assertEquals(canonicalNetworkName("ResNet-56"), "cifar-resnet-56");
 * assertEquals(
 *   canonicalNetworkName("resnet-56:Unit=basic:activation=PREACTIVATION"),
 *   "cifar-resnet-56:activation=preActivation:unit=basic",
 * );
 * ```
 */
export function canonicalNetworkName(name: string): string {
  networkByName(name);
  const { family, familyName, size, texts } = parse(name);
  const options = Array.from(texts, ([given, text]) => {
    const [key, kind] = Object.entries(family.options)
      .find(([one]) => one.toLowerCase() === given.toLowerCase())!;
    const value = kind === "number"
      ? Number(text)
      : kind.find((word) => word.toLowerCase() === text.toLowerCase());
    return `:${key}=${value}`;
  });
  const number = family.size === undefined ? "" : `-${size}`;
  return `${familyName}${number}${options.toSorted().join("")}`;
}

/** A line on each family of networks: an example, what it is, its options. */
export function networkNames(): string[] {
  return Object.entries(FAMILIES).map(
    ([name, { about, options, ...family }]) => {
      const example = family.example === undefined
        ? name
        : `${name}-${family.example}`;
      const list = Object.entries(options).map(([key, kind]) =>
        `${key}=${kind === "number" ? "<number>" : kind.join("|")}`
      );
      return `${example}: ${about}` +
        (list.length === 0 ? "" : `; ${list.join(", ")}`);
    },
  );
}

interface Parsed {
  readonly family: Family;
  readonly familyName: string;
  /** NaN if the family has one network. */
  readonly size: number;
  readonly texts: ReadonlyMap<string, string>;
}

function parse(name: string): Parsed {
  const [head = "", ...rest] = name.split(":");
  const plain = head.toLowerCase();
  const [, before = plain, number] = /^(.*?)-(\d+)$/.exec(plain) ?? [];
  const familyName = SHORT[before] ?? before;
  const family = FAMILIES[familyName];
  if (
    family === undefined ||
    (family.size === undefined) !== (number === undefined)
  ) {
    throw new Error(
      `Expected a network such as plain-20 or resnet-56 but found "${name}": did you mean ${
        nearestName(plain)
      }?`,
    );
  }
  return { family, familyName, size: Number(number), texts: texts(rest, name) };
}

function texts(
  parts: readonly string[],
  name: string,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const part of parts) {
    const [, key, value] = /^([^=]+)=(.+)$/.exec(part) ?? [];
    if (key === undefined || value === undefined) {
      throw new Error(
        `Expected options such as shortcut=B in ${name} but found "${part}"`,
      );
    }
    const same = key.toLowerCase();
    if (Array.from(found.keys()).some((one) => one.toLowerCase() === same)) {
      throw new Error(`Expected one ${key} in ${name} but found two`);
    }
    found.set(key, value);
  }
  return found;
}

/** The nearest name, with the number that was asked for if there was one. */
function nearestName(text: string): string {
  const [, before = text, number] = /^(.*?)-?(\d+)$/.exec(text) ?? [];
  const found = nearest(before, [
    ...Object.keys(FAMILIES),
    ...Object.keys(SHORT),
  ]) ?? "";
  const family = FAMILIES[SHORT[found] ?? found];
  if (family?.size === undefined) return found;
  return `${found}-${number ?? family.example}`;
}
