/** Items of a column that follow each other and have the same size. */
export interface Run<Item> {
  readonly size: string;
  readonly items: readonly Item[];
}

/** The items of every column at one size; none where a column lacks it. */
export interface Band<Item> {
  readonly size: string;
  readonly columns: readonly (readonly Item[])[];
}

/** Parts a column into runs of one size. */
export function runsOf<Item>(
  items: readonly Item[],
  sizeOf: (item: Item) => string,
): Run<Item>[] {
  const runs: { size: string; items: Item[] }[] = [];
  for (const item of items) {
    const size = sizeOf(item);
    const last = runs.at(-1);
    if (last?.size === size) last.items.push(item);
    else runs.push({ size, items: [item] });
  }
  return runs;
}

/**
 * Aligns columns by size (R15 Fig. 3): the largest of the columns' next sizes
 * is the next band, and each column that has it takes part. Each column keeps
 * its order.
 */
export function bandsOf<Item>(
  columns: readonly (readonly Run<Item>[])[],
): Band<Item>[] {
  const next = columns.map(() => 0);
  const bands: Band<Item>[] = [];
  while (true) {
    const heads = columns.map((runs, i) => runs[next[i] ?? 0]);
    const sizes = heads.flatMap((run) => run?.size ?? []);
    if (sizes.length === 0) return bands;
    const size = sizes.reduce((a, b) => parseInt(b) > parseInt(a) ? b : a);
    bands.push({
      size,
      columns: heads.map((run, i) => {
        if (run?.size !== size) return [];
        next[i] = (next[i] ?? 0) + 1;
        return run.items;
      }),
    });
  }
}
