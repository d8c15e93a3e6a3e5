import type { Network } from "./layer.ts";
import { type LayerRow, layers } from "./layers.ts";
import { operations } from "./walk.ts";

/** A row of a table of a network's stages. */
export interface StageRow {
  /** The name of the stage, or of a layer outside of them. */
  readonly name: string;
  /** Height and width of its output in pixels; 1 of what has none. */
  readonly outputSize: number;
  /**
   * Its layers with weights, and its pooling: equal units once, in brackets, with
   * their number; a layer as "3x3, 64", its kernel's size and its filters.
   */
  readonly layers: string;
  /** Number of parameters that training changes, shortcuts' included. */
  readonly parameters: number;
  /** Multiply-adds for one image, shortcuts' included. */
  readonly multiplyAdds: number;
}

/**
 * A network as the rows of R15 Table 1: a row for each stage, and for each
 * layer outside of them. As there, what is on shortcuts is not named; it is
 * counted. Normalisations and activations count with the row before them.
 *
 * @example conv2_x of ResNet-50
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { imageNetResNet } from "./imagenet.ts";
 * import { stageTable } from "./stage_table.ts";
 *
 * const rows = stageTable(imageNetResNet({ depth: 50 }));
 * const stage1 = rows.find(({ name }) => name === "stage1");
 * assertEquals(stage1?.layers, "[1x1, 64; 3x3, 64; 1x1, 256] x 3");
 * assertEquals(stage1?.outputSize, 56);
 * ```
 *
 * @throws {RangeError} If shapes do not fit.
 */
export function stageTable(network: Network): StageRow[] {
  const onShortcut = new Set(
    operations(network).filter((one) => one.onShortcut).map(({ path }) => path),
  );
  const stages: { name: string; rows: LayerRow[] }[] = [];
  for (const row of layers(network)) {
    const [name = ""] = row.name.split("/");
    const last = stages.at(-1);
    if (last && (last.name === name || !isNamed(row))) last.rows.push(row);
    else stages.push({ name, rows: [row] });
  }
  return stages.map(({ name, rows }) => ({
    name,
    outputSize: sizeOf(rows),
    layers: describe(rows.filter((row) => !onShortcut.has(row.name))),
    parameters: rows.reduce((sum, one) => sum + one.parameters, 0),
    multiplyAdds: rows.reduce((sum, one) => sum + one.multiplyAdds, 0),
  }));
}

/** Of the maps that a stage ends in. */
function sizeOf(rows: readonly LayerRow[]): number {
  const { output } = rows.filter(isNamed).at(-1) ?? rows.at(-1)!;
  return output.length === 3 ? output[0]! : 1;
}

/** Whether Table 1 has a place for it. */
function isNamed({ kind }: LayerRow): boolean {
  return kind === "convolution" || kind === "dense" || /pool/i.test(kind);
}

/** Units of a stage, the same ones that follow each other once. */
function describe(rows: readonly LayerRow[]): string {
  const units: { name: string; layers: string }[] = [];
  for (const row of rows.filter(isNamed)) {
    const name = row.name.split("/").slice(0, 2).join("/");
    const last = units.at(-1);
    const layers = inWords(row);
    if (last?.name === name) last.layers += `; ${layers}`;
    else units.push({ name, layers });
  }
  const runs: { layers: string; count: number }[] = [];
  for (const { layers } of units) {
    const last = runs.at(-1);
    if (last?.layers === layers) last.count++;
    else runs.push({ layers, count: 1 });
  }
  return runs.map(({ layers, count }) =>
    count > 1 || layers.includes(";") ? `[${layers}] x ${count}` : layers
  ).join("; ");
}

function inWords({ kind, kernelSize, output, stride = 1 }: LayerRow): string {
  const step = stride > 1 ? `, stride ${stride}` : "";
  const size = `${kernelSize}x${kernelSize}`;
  switch (kind) {
    case "convolution":
      // As in Table 1 the strides of stages are not named, but conv1's is.
      return `${size}, ${output.at(-1)}${kernelSize! > 3 ? step : ""}`;
    case "dense":
      return `${output[0]}-d fully connected`;
    case "maxPool":
      return `${size} max pool${step}`;
    case "averagePool":
      return `${size} average pool${step}`;
    case "globalAveragePool":
      return "average pool";
    default:
      return "spatial pyramid pool";
  }
}

/**
 * Networks of the same stages beside each other, as R15 Table 1 has them: rows
 * of a table with "layer name" and "output size", and a column for each network.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { imageNetResNet } from "./imagenet.ts";
 * import { architectures } from "./stage_table.ts";
 *
 * const [, , conv2] = architectures(
 *   ([18, 34] as const).map((depth) => imageNetResNet({ depth })),
 * );
 * assertEquals(conv2?.["ResNet-34"], "[3x3, 64; 3x3, 64] x 3");
 * ```
 *
 * @throws {RangeError} If the networks have not the same stages.
 */
export function architectures(
  networks: readonly Network[],
): Record<string, string | number>[] {
  const tables = networks.map(stageTable);
  const [first = []] = tables;
  return first.map(({ name, outputSize }, i) => ({
    "layer name": name,
    "output size": outputSize,
    ...Object.fromEntries(tables.map((table, k) => {
      const row = table[i];
      if (row?.name !== name || table.length !== first.length) {
        throw new RangeError(
          `Expected ${networks[k]!.name} to have the stages of ${
            networks[0]!.name
          } but found ${row?.name ?? "none"} in place of ${name}`,
        );
      }
      return [networks[k]!.name, row.layers];
    })),
  }));
}
