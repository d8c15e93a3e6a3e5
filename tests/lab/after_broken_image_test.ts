import { assertEquals } from "@std/assert";
import {
  BrokenImageError,
  MissingImageError,
} from "../../lib/images/decode_image.ts";
import { afterBrokenImage } from "../../lib/lab/after_broken_image.ts";
import { parseRunSpec } from "../../lib/records/run_spec.ts";

const broken = new BrokenImageError("photos/train/cat/1.jpg", "it is empty");
const missing = new MissingImageError("photos/train/cat/1.jpg");

const run = parseRunSpec(
  { network: "imagenet-resnet-50", data: "imagenet:photos", steps: 40 },
  "the run",
);

Deno.test("afterBrokenImage() goes on from a checkpoint without the image", () => {
  assertEquals(
    afterBrokenImage(broken, run),
    "leave such images out with --skip-broken --resume, which goes on from the run's checkpoint",
  );
});

Deno.test("afterBrokenImage() has an image that is not there put back", () => {
  assertEquals(
    afterBrokenImage(missing, run),
    "put the image back, then --resume goes on from the run's checkpoint; --skip-broken does without such images",
  );
});

Deno.test("afterBrokenImage() promises no checkpoint where none is kept", () => {
  const { steps: _, ...look } = run; // at the preset smoke
  const loaded = { ...run, data: "folder:photos" };
  for (const other of [look, loaded, undefined]) {
    assertEquals(
      [broken, missing].map((error) => afterBrokenImage(error, other)),
      [
        "leave such images out with --skip-broken",
        "put the image back, or leave such images out with --skip-broken",
      ],
    );
  }
});
