/** How the benchmarks are run. */
export interface Settings {
  /** Small sizes and few rounds: to see that everything works. */
  readonly quick: boolean;
  /** Whether the machine has a GPU that TensorFlow could use. */
  readonly gpu: boolean;
  /** Minutes that the GPU's table may take. */
  readonly minutes: number;
}

/** CPU cores that the comparison on the CPU is about. */
export const THREADS = 2;
