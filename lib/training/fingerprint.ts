import { createHash } from "node:crypto";
import type { Model } from "../networks/model.ts";

/**
 * A checksum of all of a model's values: the same for the same values, whatever
 * file they came from.
 *
 * @returns `sha256:` and the hash in hexadecimal.
 */
export async function fingerprint(model: Model): Promise<string> {
  const hash = createHash("sha256");
  for (const [name, values] of await model.values()) {
    hash.update(name).update(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    );
  }
  return `sha256:${hash.digest("hex")}`;
}
