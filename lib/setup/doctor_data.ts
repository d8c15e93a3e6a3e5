import { join } from "@std/path";
import { cacheDirectory } from "../data/cache_directory.ts";
import { CIFAR10_ARCHIVE, findCifar10 } from "../data/cifar10.ts";
import { fileInfo } from "../data/file_info.ts";
import type { Finding } from "./doctor_facts.ts";

/** Five files to learn from and one to test on, 10,000 images each. */
const CIFAR10_FILE_BYTES = 30_730_000;

/** The folder is the reader's: there is nothing in it to remove. */
const CORRECT = "correct CIFAR10_DIR, or unset it";

/** Whether CIFAR-10 is at hand, with all of its files whole. */
export async function lookAtCifar10(): Promise<Finding<string>> {
  try {
    const folder = await findCifar10();
    if (folder === null) {
      return {
        problem: "not at hand",
        mend:
          "name its folder (cifar-10-batches-bin) with CIFAR10_DIR, or have the notebooks download it (170 MB)",
      };
    }
    for (const name of CIFAR10_ARCHIVE.files) {
      const path = join(folder.directory, name);
      if ((await fileInfo(path))?.size !== CIFAR10_FILE_BYTES) {
        return {
          problem: `${path} is not there with its ${CIFAR10_FILE_BYTES} bytes`,
          ...Deno.env.get("CIFAR10_DIR")
            ? { mend: CORRECT, stops: true }
            : { mend: "remove the folder and have it downloaded anew" },
        };
      }
    }
    return { found: `${folder.directory} (${folder.source})` };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { problem: error.message, mend: CORRECT, stops: true };
  }
}

/** Whether Fashion-MNIST is at hand; it need not be. */
export async function lookAtFashionMnist(): Promise<Finding<string>> {
  const path = join(cacheDirectory(), "fashion-mnist", "images.bin");
  return await fileInfo(path) === null
    ? { found: "fetched when first used (39 MB)" }
    : { found: path };
}
