import type { ForwardOptions } from "../networks/model.ts";

/** How a network runs while it is measured. */
export type MeasureOptions = Pick<ForwardOptions, "training" | "dropoutSeed">;
