import { checkInteger } from "./check_integer.ts";

/**
 * Seeded pseudo-random numbers, so that a run can be repeated.
 *
 * Not for secrets: the numbers can be predicted from a few of them.
 */
export interface Random {
  /** The next integer of 32 bits, 0 to 2^32 - 1, all equally likely. */
  uint32(): number;
  /** The next multiple of 2^-32 in `[0, 1)`. */
  float(): number;
  /**
   * The next integer from 0 to `bound - 1`, all exactly equally likely.
   *
   * @param bound A whole number from 1 to 2^32.
   * @throws {RangeError} If `bound` is none.
   */
  integer(bound: number): number;
  /** The next number of the normal distribution with mean 0 and variance 1. */
  normal(): number;
  /**
   * The numbers 0 to `n - 1` in an order of which all are equally likely.
   *
   * @param n How many numbers, a whole number of at least 0.
   * @throws {RangeError} If `n` is none.
   */
  permutation(n: number): Int32Array<ArrayBuffer>;
}

/** The number of values of an integer of 32 bits. */
const RANGE = 2 ** 32;

/** The step of splitmix32's counter: 2^32 divided by the golden ratio. */
const GOLDEN_GAMMA = 0x9e3779b9;

/**
 * Creates a generator from a seed.
 *
 * The algorithm is xoshiro128** of Blackman and Vigna ("Scrambled linear
 * pseudorandom number generators", 2021; period 2^128 - 1), its four words of
 * state filled from the seed by splitmix32.
 *
 * Numbers after the seed name a stream of its own, which is as unlike the
 * others as if it had another seed. So each step of a run can have its own
 * generator, and a run that goes on at step 1,000 need not draw the numbers of
 * the steps before.
 *
 * @param seed A whole number from 0 to 2^32 - 1.
 * @param stream Whole numbers from 0 to 2^32 - 1 that name a stream.
 * @returns The generator, at its first number.
 * @throws {RangeError} If the seed or a number of the stream is none.
 *
 * @example Usage
 * ```ts
 * import { createRandom } from "./random.ts";
 * import { assertEquals, assertNotEquals } from "@std/assert";
 *
 * assertEquals(createRandom(7).uint32(), createRandom(7).uint32());
 * assertNotEquals(createRandom(7).uint32(), createRandom(7, 0).uint32());
 * assertEquals(createRandom(7).permutation(4).toSorted(), Int32Array.of(0, 1, 2, 3));
 * ```
 */
export function createRandom(seed: number, ...stream: number[]): Random {
  return randomFromState(expandSeed(seed, stream));
}

/**
 * Creates a generator from the four words of its state.
 *
 * @param state Four integers of 32 bits, not all 0.
 * @returns The generator; `state` itself stays as it is.
 */
export function randomFromState(state: Uint32Array): Random {
  const words = Uint32Array.from(state);
  if (words.length !== 4 || words.every((word) => word === 0)) {
    throw new RangeError(
      `Expected a state of 4 integers, not all 0, but found [${words}]`,
    );
  }
  return new Xoshiro128StarStar(words);
}

class Xoshiro128StarStar implements Random {
  readonly #state: Uint32Array;
  #spareNormal: number | undefined;

  constructor(state: Uint32Array) {
    this.#state = state;
  }

  uint32(): number {
    const state = this.#state;
    const s0 = state[0]!;
    const s1 = state[1]!;
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const mixed2 = state[2]! ^ s0;
    const mixed3 = state[3]! ^ s1;
    state[0] = s0 ^ mixed3;
    state[1] = s1 ^ mixed2;
    state[2] = mixed2 ^ (s1 << 9);
    state[3] = rotateLeft(mixed3, 11);
    return result;
  }

  float(): number {
    return this.uint32() / RANGE;
  }

  integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > RANGE) {
      throw new RangeError(
        `Expected bound to be an integer from 1 to ${RANGE} but found ${bound}`,
      );
    }
    // The last, incomplete run of `bound` values would favour the small ones.
    const limit = RANGE - (RANGE % bound);
    let value = this.uint32();
    while (value >= limit) value = this.uint32();
    return value % bound;
  }

  /** Marsaglia's polar method, which makes two numbers at a time. */
  normal(): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal;
      this.#spareNormal = undefined;
      return spare;
    }
    let u: number, v: number, square: number;
    do {
      u = 2 * this.float() - 1;
      v = 2 * this.float() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square === 0);
    const scale = Math.sqrt(-2 * Math.log(square) / square);
    this.#spareNormal = v * scale;
    return u * scale;
  }

  /** The shuffle of Fisher and Yates, built from the inside out. */
  permutation(n: number): Int32Array<ArrayBuffer> {
    checkInteger(n, "n", 0);
    const order = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      const j = this.integer(i + 1);
      order[i] = order[j]!;
      order[j] = i;
    }
    return order;
  }
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** The finishing step of MurmurHash3, a bijection of 32 bits. */
function murmurMix(word: number): number {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}

/**
 * The next four numbers of splitmix32 at `seed`; then each number of the stream
 * is mixed into all four, in another way into each.
 */
function expandSeed(seed: number, stream: readonly number[]): Uint32Array {
  checkWord(seed, "seed");
  const state = new Uint32Array(4);
  for (let i = 0; i < 4; i++) {
    state[i] = murmurMix(seed + Math.imul(i + 1, GOLDEN_GAMMA));
  }
  for (const number of stream) {
    checkWord(number, "stream");
    for (let i = 0; i < 4; i++) {
      const key = murmurMix(number + Math.imul(i + 1, GOLDEN_GAMMA));
      // The factor keeps seed 1, stream 0 apart from seed 0, stream 1.
      state[i] = murmurMix(Math.imul(state[i]!, 5) + key);
    }
  }
  return state;
}

function checkWord(value: number, name: string): void {
  if (!Number.isInteger(value) || value < 0 || value >= RANGE) {
    throw new RangeError(
      `Expected ${name} to be an integer from 0 to ${
        RANGE - 1
      } but found ${value}`,
    );
  }
}
