import * as z from "zod";

/** What a worker is asked for, one line of JSON each on its standard input. */
export type Request =
  /** Make so many training steps. */
  | { readonly run: number }
  /** Tell the memory used so far. */
  | { readonly memory: true };

/** Said by a worker that is ready to be asked. */
export const readySchema = z.object({
  /** What computes, with its version, such as "PyTorch 2.15.0". */
  engine: z.string(),
  /** What it computes on. */
  device: z.string(),
});

/** Steps made one after another. */
export const stepsSchema = z.object({
  /** Mean time of one of them. */
  milliseconds: z.number(),
  /** Loss of each. */
  losses: z.array(z.number()),
});

/** Memory of a worker's process, in bytes. */
export const memorySchema = z.object({
  /** With the library loaded, before there was a network. */
  baseline: z.number(),
  /** The most that was in use at one time. */
  peak: z.number(),
});

export type Ready = z.infer<typeof readySchema>;
export type Steps = z.infer<typeof stepsSchema>;
export type Memory = z.infer<typeof memorySchema>;

/** Marks the lines of a worker's standard output that are answers. */
export const ANSWER_MARK = "@answer ";
