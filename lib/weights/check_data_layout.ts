import type { TensorInfo } from "./parse_header.ts";
import { show } from "./show.ts";

/**
 * Checks that the tensors fill the data without holes or overlaps, so that no
 * byte of a file has two meanings, or none.
 *
 * @param infos The tensors in the order of their offsets.
 * @param dataBytes Bytes that the file has after the header.
 * @param path The file, for errors.
 * @throws {TypeError} If they do not; the first tensor out of place is named.
 */
export function checkDataLayout(
  infos: readonly TensorInfo[],
  dataBytes: number,
  path: string,
): void {
  let filled = 0;
  for (const { name, start, end } of infos) {
    const tensor = `tensor ${show(name)} of ${path}`;
    if (end > dataBytes) {
      throw new TypeError(
        `Expected ${tensor} to end within the ${dataBytes} bytes of data but found its end at ${end}`,
      );
    }
    if (start !== filled) {
      const fault = start < filled ? "an overlap" : "a hole";
      throw new TypeError(
        `Expected ${tensor} to begin at byte ${filled}, where the one before it ends, but found ${fault}: it begins at ${start}`,
      );
    }
    filled = end;
  }
  if (filled !== dataBytes) {
    throw new TypeError(
      `Expected ${path} to end with its last tensor's bytes but found ${
        dataBytes - filled
      } more`,
    );
  }
}
