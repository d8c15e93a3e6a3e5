/**
 * Does asynchronous work when it is first asked for, and gives its result to all
 * who ask, whatever arguments later ones give. Asked for twice at once, it is still done once. What failed is
 * forgotten: as for want of memory, it may succeed next time.
 *
 * @example Usage
 * ```ts
 * import { once } from "./once.ts";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * let calls = 0;
 * const count = once(async () => {
 *   if (await ++calls === 1) throw new Error("out of memory");
 *   return calls;
 * });
 * await assertRejects(() => count());
 * assertEquals(await Promise.all([count(), count()]), [2, 2]);
 * ```
 */
export function once<Arguments extends unknown[], Result>(
  work: (...given: Arguments) => Promise<Result>,
): (...given: Arguments) => Promise<Result> {
  let result: Promise<Result> | undefined;
  return (...given) =>
    result ??= work(...given).catch((error) => {
      result = undefined;
      throw error;
    });
}
