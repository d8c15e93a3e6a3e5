import { join } from "@std/path";
import { type Archive, ensureUnpacked } from "./archive.ts";
import { cacheDirectory } from "./cache_directory.ts";
import {
  CIFAR_IMAGE_BYTES,
  CIFAR_SIDE,
  type CifarFile,
  type CifarLabels,
  readCifarFile,
} from "./cifar_file.ts";
import type { Dataset, LabelledImages } from "./dataset.ts";
import { fileInfo } from "./file_info.ts";
import { datasetChecksum } from "./hash.ts";
import { type DownloadProgress, progressPrinter } from "./progress.ts";

/** Where the files of a CIFAR data set are, and how to download them. */
export interface CifarOptions {
  /** The folder that holds the files; overrules the environment variable. */
  directory?: string;
  /** Where downloads are kept, by default the project's `data/cache`. */
  cacheDirectory?: string;
  /** Addresses of the archive to try before the usual ones. */
  mirrors?: readonly string[];
  /** Told how a download goes on; by default it is printed. */
  onProgress?: (progress: DownloadProgress) => void;
  /** Ends a download; the next one goes on from there. */
  signal?: AbortSignal;
}

/** A folder of a data set, and how it was found. */
export interface CifarFolder {
  /** The folder that should hold the files. */
  readonly directory: string;
  /** How it was found, in words for the reader. */
  readonly source: string;
}

/** A data set as its authors published it. */
export interface PublishedCifar {
  /** Its own name, such as "CIFAR-10". */
  readonly name: string;
  /** The environment variable that may name its folder. */
  readonly variable: string;
  readonly archive: Archive;
  readonly train: readonly CifarFile[];
  readonly test: readonly CifarFile[];
}

/**
 * Loads a data set of the CIFAR family from the folder `directory`, else from
 * the one that its environment variable names, else from the cache, to which
 * the official archive is downloaded if need be.
 *
 * @param published Which data set.
 * @param labels Its kinds of labels, and which are taken.
 * @param classes Names of the classes that are taken, by label.
 * @param options Where the files are, and how to download them.
 * @throws {Error} If a file is missing, cut or altered, or can't be downloaded.
 */
export async function loadCifar(
  published: PublishedCifar,
  labels: CifarLabels,
  classes: readonly string[],
  options: CifarOptions,
): Promise<Dataset> {
  const { directory, source } = await findCifar(published, options) ??
    await download(published, options);
  const train = await readImages(directory, published.train, labels);
  const test = await readImages(directory, published.test, labels);
  return {
    name: published.name,
    height: CIFAR_SIDE,
    width: CIFAR_SIDE,
    channels: 3,
    classes,
    train,
    test,
    checksum: datasetChecksum(train, test),
    source,
  };
}

/**
 * Finds the folder that {@linkcode loadCifar} would read, without downloading.
 *
 * @returns The folder, or `null` if it would have to be downloaded.
 * @throws {Error} If a folder was named and is not there.
 */
export async function findCifar(
  published: PublishedCifar,
  options: CifarOptions,
): Promise<CifarFolder | null> {
  const named = Deno.env.get(published.variable);
  if (options.directory !== undefined) {
    await checkFolder(options.directory, "directory", published);
    return { directory: options.directory, source: "the folder given" };
  }
  if (named) {
    await checkFolder(named, published.variable, published);
    return {
      directory: named,
      source: `the folder that ${published.variable} names`,
    };
  }
  const directory = join(
    options.cacheDirectory ?? cacheDirectory(),
    published.archive.directory,
  );
  if (!await fileInfo(directory)) return null;
  return { directory, source: "the project's cache" };
}

async function download(
  { archive }: PublishedCifar,
  options: CifarOptions,
): Promise<CifarFolder> {
  const { mirrors = [], onProgress = progressPrinter(), signal } = options;
  const directory = await ensureUnpacked(
    { ...archive, urls: [...mirrors, ...archive.urls] },
    options.cacheDirectory ?? cacheDirectory(),
    { onProgress, ...(signal && { signal }) },
  );
  return { directory, source: "the official archive, downloaded now" };
}

async function readImages(
  directory: string,
  files: readonly CifarFile[],
  kinds: CifarLabels,
): Promise<LabelledImages> {
  const count = files.reduce((sum, file) => sum + file.count, 0);
  const images = new Uint8Array(count * CIFAR_IMAGE_BYTES);
  const labels = new Uint8Array(count);
  let from = 0;
  for (const file of files) {
    const to = from + file.count;
    await readCifarFile(
      join(directory, file.name),
      file,
      kinds,
      images.subarray(from * CIFAR_IMAGE_BYTES, to * CIFAR_IMAGE_BYTES),
      labels.subarray(from, to),
    );
    from = to;
  }
  return { images, labels, count };
}

async function checkFolder(
  path: string,
  name: string,
  published: PublishedCifar,
): Promise<void> {
  if (!(await fileInfo(path))?.isDirectory) {
    throw new Error(
      `Expected ${name} to name a folder of ${published.name} but found none at ${path}`,
    );
  }
  await checkVersion(path, name, published);
}

/** The same images come in three versions, of which the binary one is read. */
async function checkVersion(
  path: string,
  name: string,
  { name: data, archive, train: [first] }: PublishedCifar,
): Promise<void> {
  if (first === undefined || await fileInfo(join(path, first.name))) return;
  if (await fileInfo(join(path, archive.directory, first.name))) {
    throw new Error(
      `Expected ${name} to name the folder of ${data} that holds ${first.name} but found it in ${
        join(path, archive.directory)
      }`,
    );
  }
  const stem = first.name.replace(/\.bin$/, "");
  for (const [file, version] of [[stem, "Python"], [`${stem}.mat`, "MATLAB"]]) {
    if (!file || !(await fileInfo(join(path, file)))?.isFile) continue;
    throw new Error(
      `Expected ${name} to name a folder of ${data}'s binary version but found the ${version} version at ${path}: unpack ${archive.name} and name its folder`,
    );
  }
}
