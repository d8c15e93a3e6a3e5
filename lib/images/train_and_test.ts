import { basename, join, resolve } from "@std/path";
import { type ImageFolder, imageFolder } from "./image_folder.ts";

/** Names that the folder of images to test on may have. */
const TESTS = ["test", "val", "validation"];

/** The folders of images of a data set. */
export interface TrainAndTest {
  readonly train: ImageFolder;
  /** Of the same classes. */
  readonly test: ImageFolder;
}

/**
 * Lists a data set's images: `train` with one folder for each class, and `test`
 * or `val` with the same classes. A `test` without folders, as ImageNet has it,
 * whose classes are a secret, is none.
 *
 * @param onMessage Told of files that are left out.
 * @throws {Error} If a folder is missing or the classes differ.
 */
export async function trainAndTest(
  directory: string,
  onMessage: (message: string) => void,
): Promise<TrainAndTest> {
  const train = await imageFolder(join(directory, "train"));
  const { classes } = train;
  const test = await imageFolder(await testFolder(directory), { classes });
  checkSameClasses(train, test);
  for (const path of [...train.others, ...test.others]) {
    onMessage(`Left out, by its name no JPEG or PNG: ${path}`);
  }
  return { train, test };
}

/** Those of the images to test on are among the others already. */
function checkSameClasses(train: ImageFolder, test: ImageFolder): void {
  const tested = new Set(test.images.map(({ label }) => label));
  const missing = train.classes.filter((_, label) => !tested.has(label));
  if (missing.length === 0) return;
  const named = missing.slice(0, 5).join(", ");
  throw new Error(
    `Expected images of each of the ${train.classes.length} classes of ${train.directory} in ${test.directory} but found none of ${named}${
      missing.length > 5 ? ", ..." : ""
    }`,
  );
}

async function testFolder(directory: string): Promise<string> {
  for (const name of TESTS) {
    const path = join(directory, name);
    if (await hasFolders(path)) return path;
  }
  throw new Error(
    `Expected a folder ${
      TESTS.join(", ")
    } with one folder a class in ${directory} but found none`,
  );
}

async function hasFolders(path: string): Promise<boolean> {
  try {
    for await (const { name, isFile } of Deno.readDir(path)) {
      if (!isFile && !name.startsWith(".")) return true;
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return false;
}

/** What a data set in a folder is called: the folder's own name. */
export function folderName(directory: string): string {
  return basename(resolve(directory));
}
