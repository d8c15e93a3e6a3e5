import type { Dataset } from "../data/dataset.ts";
import type { Network } from "../networks/layer.ts";

/**
 * Checks that a network reads images of a data set's size.
 *
 * @throws {Error} If it reads others.
 */
export function checkImageSize(
  { name, input }: Network,
  { name: data, height, width, channels }: Pick<
    Dataset,
    "name" | "height" | "width" | "channels"
  >,
): void {
  const found = [height, width, channels];
  if (input.join() === found.join()) return;
  throw new Error(
    `Expected images of ${input.join("x")} for ${name} but found ${
      found.join("x")
    } in ${data}`,
  );
}
