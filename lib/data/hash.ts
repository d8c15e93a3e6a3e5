import { createHash } from "node:crypto";
import type { LabelledImages } from "./dataset.ts";

/**
 * Hashes a file without holding it in memory.
 *
 * @param path The file.
 * @param algorithm MD5 to find damage only: it is what old archives publish.
 * @returns The hash in hexadecimal.
 */
export async function hashFile(
  path: string,
  algorithm: "md5" | "sha256",
): Promise<string> {
  const hash = createHash(algorithm);
  const file = await Deno.open(path);
  for await (const chunk of file.readable) hash.update(chunk);
  return hash.digest("hex");
}

/**
 * Hashes bytes with SHA-256.
 *
 * @param bytes The bytes.
 * @returns The hash in hexadecimal.
 */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * The checksum of a data set: SHA-256 over the bytes of the train images, the
 * train labels, the test images and the test labels.
 *
 * @param train Images to learn from.
 * @param test Images to measure the error on.
 * @returns `sha256:` and the hash in hexadecimal.
 */
export function datasetChecksum(
  train: LabelledImages,
  test: LabelledImages,
): string {
  const hash = createHash("sha256");
  for (const part of [train, test]) {
    hash.update(part.images).update(part.labels);
  }
  return `sha256:${hash.digest("hex")}`;
}
