import { join } from "@std/path";
import { fileInfo } from "../data/file_info.ts";

/** An image of a folder. */
export interface FolderImage {
  /** Its file. */
  readonly path: string;
  /** Index of its class. */
  readonly label: number;
}

/** Images in the layout of ImageNet: one folder a class. */
export interface ImageFolder {
  /** The folder that holds the folders of the classes. */
  readonly directory: string;
  /** Names of the classes, by label. */
  readonly classes: readonly string[];
  /** The images, class by class, by name within a class. */
  readonly images: readonly FolderImage[];
  /** Files that are no JPEG or PNG by their names, and are left out. */
  readonly others: readonly string[];
}

/** Options of {@linkcode imageFolder}. */
export interface ImageFolderOptions {
  /**
   * Names of the classes by label, for folders that have only some of the
   * classes that a network knows. By default the sorted names of the folders.
   */
  readonly classes?: readonly string[];
}

const IMAGE = /\.(jpe?g|png)$/i;

/**
 * Lists the images of a folder that has one folder for each class, as ImageNet's
 * training images come (R15 section 3.4) and as PyTorch's `ImageFolder` reads
 * them: the names of the classes in order, as texts are compared (capitals
 * before small letters), give the labels. Folders within a class belong to it.
 * Folders and files whose names begin with a dot do not count.
 *
 * Nothing is decoded: whether a file is an image shows when it is used.
 *
 * @throws {Error} If the folder is not there, has no classes, has a class
 * without an image, or one that `classes` does not name.
 *
 * @example Two classes
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { join } from "@std/path";
 * import { imageFolder } from "./image_folder.ts";
 *
 * const directory = await Deno.makeTempDir();
 * for (const name of ["tabby", "beagle"]) {
 *   await Deno.mkdir(join(directory, name));
 *   await Deno.create(join(directory, name, "1.jpg"));
 * }
 * const { classes, images } = await imageFolder(directory);
 * assertEquals(classes, ["beagle", "tabby"]);
 * assertEquals(images.map(({ label }) => label), [0, 1]);
 * ```
 */
export async function imageFolder(
  directory: string,
  options: ImageFolderOptions = {},
): Promise<ImageFolder> {
  if (!(await fileInfo(directory))?.isDirectory) {
    throw new Error(
      `Expected a folder with one folder a class but found none at ${directory}`,
    );
  }
  const { directories, files } = await list(directory);
  if (directories.length === 0) {
    throw new Error(
      `Expected one folder a class in ${directory} but found none`,
    );
  }
  const classes = options.classes ?? directories;
  const images: FolderImage[] = [];
  const others = files.map((name) => join(directory, name));
  for (const name of directories) {
    const label = classes.indexOf(name);
    if (label < 0) {
      throw new Error(
        `Expected the folders in ${directory} to be among the ${classes.length} classes given but found ${name}`,
      );
    }
    const before = images.length;
    for await (const path of filesIn(join(directory, name))) {
      if (IMAGE.test(path)) images.push({ path, label });
      else others.push(path);
    }
    if (images.length === before) {
      throw new Error(
        `Expected a JPEG or PNG in ${join(directory, name)} but found none`,
      );
    }
  }
  return { directory, classes, images, others };
}

/**
 * What a folder holds, links followed, each kind in order. Names that begin with
 * a dot are left out: they are of tools, such as .git and .ipynb_checkpoints.
 */
async function list(
  directory: string,
): Promise<{ directories: string[]; files: string[] }> {
  const directories: string[] = [];
  const files: string[] = [];
  for await (
    const { name, isDirectory, isSymlink } of Deno.readDir(directory)
  ) {
    if (name.startsWith(".")) continue;
    const isFolder = isSymlink
      ? (await fileInfo(join(directory, name)))?.isDirectory
      : isDirectory;
    (isFolder ? directories : files).push(name);
  }
  return { directories: directories.sort(), files: files.sort() };
}

/** @param above Folders that it lies in, which links may lead back to. */
async function* filesIn(
  directory: string,
  above: readonly string[] = [],
): AsyncGenerator<string> {
  const place = await Deno.realPath(directory);
  if (above.includes(place)) return;
  const { directories, files } = await list(directory);
  for (const name of files) yield join(directory, name);
  for (const name of directories) {
    yield* filesIn(join(directory, name), [...above, place]);
  }
}
