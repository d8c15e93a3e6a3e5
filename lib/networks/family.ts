import { nearest } from "./nearest.ts";
import type { Network } from "./layer.ts";

/** The images that a network reads, and how many classes they are of. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
}

/** An option of a family: some words to choose from, or a number. */
export type OptionKind = readonly string[] | "number";

/** The options of a family by name. */
export type OptionKinds = Readonly<Record<string, OptionKind>>;

/** Values of options, each of which may be left out. */
export type OptionValues<Kinds extends OptionKinds> = {
  readonly [Name in keyof Kinds]?: Kinds[Name] extends
    readonly (infer Word extends string)[] ? Word : number;
};

/** Networks that differ in a size and in options. */
export interface Family {
  /** What they are, in words. */
  readonly about: string;
  /** What the number in a name counts; none if there is no number. */
  readonly size?: string;
  /** A size of the papers'. */
  readonly example?: number;
  readonly options: OptionKinds;
  /**
   * @param texts Values of options by name.
   * @throws {Error} If there is no such network.
   */
  readonly build: (
    size: number,
    texts: ReadonlyMap<string, string>,
    images: ImageShape,
  ) => Network;
}

/** What {@linkcode family} makes a family of. */
interface Description<Kinds extends OptionKinds, Size extends number> {
  readonly about: string;
  /** What the number in a name counts. */
  readonly size?: string;
  readonly example?: number;
  /** The only depths that there are. */
  readonly sizes?: readonly Size[];
  readonly options: Kinds;
  readonly build: (
    size: Size,
    options: OptionValues<Kinds>,
    images: ImageShape,
  ) => Network;
}

/** A family whose options are typed where its networks are built. */
export function family<
  const Kinds extends OptionKinds,
  const Size extends number = number,
>(description: Description<Kinds, Size>): Family {
  const { about, sizes, options } = description;
  const { size = sizes && "depth", example = sizes?.[0] } = description;
  return {
    ...{ about, options },
    ...size !== undefined && { size },
    ...example !== undefined && { example },
    build: (number, texts, images) =>
      description.build(
        sizeOf(number, sizes),
        readOptions(options, texts),
        images,
      ),
  };
}

function sizeOf<Size extends number>(
  number: number,
  sizes: readonly Size[] | undefined,
): Size {
  const found = sizes === undefined
    ? number as Size
    : sizes.find((size) => size === number);
  if (found !== undefined) return found;
  throw new RangeError(
    `Expected a depth of ${sizes?.join(", ")} but found ${number}`,
  );
}

function readOptions<Kinds extends OptionKinds>(
  kinds: Kinds,
  texts: ReadonlyMap<string, string>,
): OptionValues<Kinds> {
  const values = Array.from(texts, ([given, text]) => {
    const name = optionName(kinds, given);
    return [name, readOption(name, kinds[name]!, text)];
  });
  return Object.fromEntries(values);
}

function optionName(kinds: OptionKinds, given: string): string {
  const names = Object.keys(kinds);
  const found = names.find((name) =>
    name.toLowerCase() === given.toLowerCase()
  );
  if (found !== undefined) return found;
  throw new Error(
    names.length === 0
      ? `Expected no options but found ${given}`
      : `Expected an option among ${
        names.join(", ")
      } but found ${given}: did you mean ${nearest(given, names)}?`,
  );
}

function readOption(
  name: string,
  kind: OptionKind,
  text: string,
): string | number {
  if (kind === "number") {
    const value = Number(text);
    if (text.trim() !== "" && Number.isFinite(value)) return value;
    throw new Error(`Expected ${name} to be a number but found "${text}"`);
  }
  const word = kind.find((one) => one.toLowerCase() === text.toLowerCase());
  if (word !== undefined) return word;
  throw new Error(
    `Expected ${name} to be ${
      kind.join(", ")
    } but found "${text}": did you mean ${nearest(text, kind)}?`,
  );
}
