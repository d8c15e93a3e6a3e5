/** Options of {@linkcode readAhead}. */
export interface ReadAheadOptions<T> {
  /** Results that are made ready while one is used. */
  readonly prefetch: number;
  /** Frees a result that nobody has taken. */
  readonly free: (result: T) => void;
}

/** Begins to make a result; the signal says that nobody wants it any more. */
export type Work<T> = (signal: AbortSignal) => Promise<T>;

/**
 * The results of works in their order; the next ones are begun while one is
 * used. When the loop is left, those under way are told so, and what they made
 * is freed.
 *
 * @example Three ahead of the one that is used
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readAhead } from "./read_ahead.ts";
 *
 * const begun: number[] = [];
 * const works = [0, 1, 2, 3, 4, 5].map((i) => () => {
 *   begun.push(i);
 *   return Promise.resolve(i);
 * });
 * const freed: number[] = [];
 * const free = (i: number) => freed.push(i);
 * for await (const i of readAhead(works.values(), { prefetch: 3, free })) {
 *   if (i === 1) break;
 * }
 * assertEquals(begun, [0, 1, 2, 3, 4]);
 * assertEquals(freed, [2, 3, 4]);
 * ```
 */
export async function* readAhead<T>(
  works: Iterator<Work<T>>,
  { prefetch, free }: ReadAheadOptions<T>,
): AsyncGenerator<T, void> {
  const controller = new AbortController();
  const ahead: Promise<T>[] = [];
  const fill = (count: number) => {
    while (ahead.length < count) {
      const next = works.next();
      if (next.done) return;
      const made = next.value(controller.signal);
      // It is looked at when it is its turn.
      made.catch(() => {});
      ahead.push(made);
    }
  };
  try {
    while (true) {
      fill(1);
      const made = ahead.shift();
      if (made === undefined) return;
      const result = await made;
      fill(prefetch);
      yield result;
    }
  } finally {
    controller.abort();
    for (const made of await Promise.allSettled(ahead)) {
      if (made.status === "fulfilled") free(made.value);
    }
  }
}
