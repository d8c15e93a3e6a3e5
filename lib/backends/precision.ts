/** All precisions that a traced step can be asked for. */
export const PRECISIONS = ["float32", "bfloat16", "bfloat16-emulated"] as const;

/**
 * The numbers that a traced step computes with:
 *
 * - `"float32"`, with 24 bits of significand. NVIDIA GPUs from Ampere on round
 *   what convolutions and matrix products take to TF32, of 11 bits, unless
 *   `NVIDIA_TF32_OVERRIDE=0` is set in the environment; the backend's line, and
 *   so a record, says whether they may.
 * - `"bfloat16"`, mixed precision: TensorFlow's graph rewriter has
 *   convolutions, matrix products and what lies between them compute with 8
 *   bits of significand (values of the same range), and leaves in float32 what
 *   needs it. Variables, and so the update, stay in float32.
 * - `"bfloat16-emulated"`, on a processor that cannot compute with bfloat16:
 *   to see what rounding costs in accuracy, not to be fast. Sums are rounded on
 *   the way, too, where a processor that has bfloat16 keeps them in float32.
 */
export type Precision = typeof PRECISIONS[number];
