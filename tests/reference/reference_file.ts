/** What PyTorch gives for networks, as make_reference.py writes it. */
export interface ReferenceFile {
  readonly versions: Readonly<Record<string, string>>;
  readonly cases: Readonly<Record<string, ReferenceCase>>;
}

/** What PyTorch gives for one network. */
export interface ReferenceCase {
  /** Shape of the images. */
  readonly input: readonly [
    batch: number,
    height: number,
    width: number,
    channels: number,
  ];
  readonly imageDeviation: number;
  /** Seed of the images. */
  readonly seed: number;
  /** Kernels' variance is `gain^2 / fanIn`. */
  readonly gain: number;
  /**
   * The smallest distance of a value from where the derivative jumps, by what
   * float32 rounds in its layer; null if the network is smooth.
   */
  readonly kinkDistance?: number | null;
  readonly evaluation: { readonly logits: readonly (readonly number[])[] };
  /** A step without dropout; missing where only evaluation is compared. */
  readonly training?: ReferenceStep;
}

/** What PyTorch gives for one training step. */
export interface ReferenceStep {
  readonly labels: readonly number[];
  readonly logits: readonly (readonly number[])[];
  readonly loss: number;
  /** Of the loss by each tensor that is learned. */
  readonly gradients: Readonly<Record<string, Summary>>;
  /** Running statistics after the step. */
  readonly running: Readonly<Record<string, Summary>>;
}

/** A tensor's Euclidean norm, then its values at some {@linkcode places}. */
export type Summary = readonly [norm: number, ...values: number[]];

/**
 * Reads a file of tests/reference/values.
 *
 * @param family Such as "cifar".
 */
export async function readReference(family: string): Promise<ReferenceFile> {
  const url = new URL(`values/${family}.json`, import.meta.url);
  return JSON.parse(await Deno.readTextFile(url)) as ReferenceFile;
}
