import { streamedFolder } from "../data/load_dataset.ts";
import {
  type BrokenImageError,
  MissingImageError,
} from "../images/decode_image.ts";
import type { RunSpec } from "../records/run_spec.ts";
import { keepsCheckpoints } from "./run_named.ts";

/**
 * What to do about an image that ended `deno task train`.
 *
 * A run goes on from its checkpoint on the same data set alone. One whose broken
 * images are left out is the same; one with another image in the place of such a
 * one is not, as the sizes of files are part of its checksum.
 *
 * @param run What was asked for; `undefined` if it is a record's run, whose
 * checkpoints are not kept.
 *
 * @example Usage
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { BrokenImageError } from "../images/decode_image.ts";
 * import { parseRunSpec } from "../records/run_spec.ts";
 * import { afterBrokenImage } from "./after_broken_image.ts";
 *
 * const error = new BrokenImageError("photos/train/cat/1.jpg", "it is empty");
 * const run = parseRunSpec(
 *   { network: "imagenet-resnet-50", data: "imagenet:photos", steps: 9 },
 *   "the run",
 * );
 * assertStringIncludes(afterBrokenImage(error, run), "--skip-broken --resume");
 * ```
 */
export function afterBrokenImage(
  error: BrokenImageError,
  run: RunSpec | undefined,
): string {
  const goesOn = run !== undefined && keepsCheckpoints(run) &&
    streamedFolder(run.data) !== undefined;
  if (error instanceof MissingImageError) {
    return goesOn
      ? "put the image back, then --resume goes on from the run's checkpoint; --skip-broken does without such images"
      : "put the image back, or leave such images out with --skip-broken";
  }
  return goesOn
    ? "leave such images out with --skip-broken --resume, which goes on from the run's checkpoint"
    : "leave such images out with --skip-broken";
}
