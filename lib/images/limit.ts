/**
 * Lets at most `most` of the works that it is given run at a time; the others
 * wait, first come, first served.
 *
 * @example One after another
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { limiter } from "./limit.ts";
 *
 * const limit = limiter(1);
 * const order: number[] = [];
 * await Promise.all([1, 2].map((i) => limit(async () => {
 *   order.push(i);
 *   await Promise.resolve();
 *   order.push(i);
 * })));
 * assertEquals(order, [1, 1, 2, 2]);
 * ```
 */
export function limiter(most: number): Limit {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < most) running++;
    // Whoever ends hands its place on.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}

/** Runs a work when it is its turn. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;
