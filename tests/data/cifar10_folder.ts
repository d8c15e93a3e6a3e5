import { fromFileUrl } from "@std/path";
import { fileInfo } from "../../lib/data/file_info.ts";

/** The folder of the real CIFAR-10, for tests that need it. */
export const CIFAR10_FOLDER: string = fromFileUrl(
  new URL("../../../shared/cifar-10-batches-bin", import.meta.url),
);

const present = await fileInfo(CIFAR10_FOLDER) !== null;

/** Defines a test that is ignored, and says why, where CIFAR-10 is not. */
export function cifar10Test(name: string, test: () => Promise<void>): void {
  const reason = present ? "" : " (no ../shared/cifar-10-batches-bin)";
  Deno.test({ name: `${name}${reason}`, ignore: !present, fn: test });
}
