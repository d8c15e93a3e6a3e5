/** All presets. */
export const PRESETS = ["smoke", "study", "paper"] as const;

/**
 * How much is computed: "smoke" is a look at the first steps, "study" a run of
 * which the curves can be read, "paper" the paper's own numbers.
 */
export type Preset = typeof PRESETS[number];
