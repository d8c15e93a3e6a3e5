import type { Engine } from "./engine.ts";

/** What one kind of op cost. */
export interface OpCost {
  /** The op's name, such as "Conv2D". */
  readonly op: string;
  /** Shapes of its inputs, such as "[128,32,32,16] [3,3,16,16]". */
  readonly shapes: string;
  /** Times it ran. */
  readonly calls: number;
  /** Time of all calls together. */
  readonly milliseconds: number;
}

/**
 * Runs `work` op by op and says where its time went, the costliest first.
 *
 * Each op is timed on its own, as it runs outside a traced function. Inside one
 * the sum is smaller: ops run side by side, results that nobody uses are not
 * computed, and JavaScript is out of the way. On a GPU an op's time is that of
 * starting it.
 *
 * @param work Code that is not traced.
 * @returns A cost for each op and each combination of its inputs' shapes.
 */
export function profileOps(engine: Engine, work: () => void): OpCost[] {
  const costs = new Map<string, OpCost>();
  const before = engine.onOp;
  engine.onOp = (op, inputs, milliseconds) => {
    before?.(op, inputs, milliseconds);
    const shapes = inputs.map((id) => `[${engine.get(id).shape}]`).join(" ");
    add(costs, `${op} ${shapes}`, { op, shapes, calls: 1, milliseconds });
  };
  try {
    work();
  } finally {
    engine.onOp = before;
  }
  return costliestFirst(costs);
}

/** The same costs with all shapes of an op taken together. */
export function costsByOp(costs: readonly OpCost[]): OpCost[] {
  const sums = new Map<string, OpCost>();
  for (const cost of costs) add(sums, cost.op, { ...cost, shapes: "" });
  return costliestFirst(sums);
}

function add(costs: Map<string, OpCost>, key: string, cost: OpCost): void {
  const { calls = 0, milliseconds = 0 } = costs.get(key) ?? {};
  costs.set(key, {
    ...cost,
    calls: calls + cost.calls,
    milliseconds: milliseconds + cost.milliseconds,
  });
}

function costliestFirst(costs: ReadonlyMap<string, OpCost>): OpCost[] {
  return [...costs.values()]
    .toSorted((a, b) => b.milliseconds - a.milliseconds);
}
