import type * as tf from "@tensorflow/tfjs";
import { join } from "@std/path";
import { intAttribute } from "../../lib/backends/tensorflow/attributes.ts";
import { activeTensorFlow } from "../../lib/backends/tensorflow/backend.ts";
import { DataType } from "../../lib/backends/tensorflow/data_types.ts";

/** An image as bytes of shape `[height, width, 3]`. */
export interface Pixels {
  readonly height: number;
  readonly width: number;
  readonly bytes: Uint8Array;
}

/** An image whose values are given by row, column and channel. */
export function pixels(
  [height, width]: readonly [number, number],
  value: (row: number, column: number, channel: number) => number,
): Pixels {
  const bytes = Uint8Array.from(
    { length: height * width * 3 },
    (_, i) =>
      value(Math.floor(i / 3 / width), Math.floor(i / 3) % width, i % 3),
  );
  return { height, width, bytes };
}

/** An image of one colour. */
export function plain(
  size: readonly [number, number],
  ...colour: readonly [number, number, number]
): Pixels {
  return pixels(size, (_row, _column, channel) => colour[channel]!);
}

/** The file of an image, encoded by TensorFlow. */
export function encode(
  kind: "Jpeg" | "Png",
  { height, width, bytes }: Pixels,
): Uint8Array {
  const { engine } = activeTensorFlow()!;
  const attributes = kind === "Jpeg" ? [intAttribute("quality", 100)] : [];
  const id = engine.create([height, width, 3], DataType.uint8, bytes);
  const [file] = engine.run(`Encode${kind}`, attributes, [id], 1);
  const [content] = engine.read(file!) as Uint8Array[];
  engine.delete(id);
  engine.delete(file!);
  return content!;
}

/** A tensor of an image, as decoding gives it. */
export function tensorOf({ height, width, bytes }: Pixels): tf.Tensor3D {
  const { engine, kernels } = activeTensorFlow()!;
  const shape = [height, width, 3];
  const id = engine.create(shape, DataType.uint8, bytes);
  return kernels.createOutputTensor({
    id,
    shape,
    dtype: DataType.uint8,
  }) as tf.Tensor3D;
}

/** Writes files, by path, into a new folder and calls `use` with it. */
export async function withFiles(
  files: Readonly<Record<string, Uint8Array>>,
  use: (directory: string) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    for (const [path, bytes] of Object.entries(files)) {
      const full = join(root, ...path.split("/"));
      await Deno.mkdir(join(full, ".."), { recursive: true });
      await Deno.writeFile(full, bytes);
    }
    await use(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}
