import { processorFlags } from "../processor_flags.ts";

/** `RewriterConfig.Toggle` and the like: what a field of it may be. */
const [ON, OFF, NONE, ONE] = [1, 2, 1, 1];

/**
 * TensorFlow's `RewriterConfig`, by field: its rewriter to bfloat16 alone. The
 * others gain a traced step nothing and take long on deep networks.
 */
const REWRITER: readonly (readonly [field: number, value: number])[] = [
  [1, OFF], // layout_optimizer
  [3, OFF], // constant_folding
  [4, NONE], // memory_optimization
  [7, OFF], // arithmetic_optimization
  [8, OFF], // dependency_optimization
  [9, OFF], // loop_optimization
  [10, OFF], // function_optimization
  [11, OFF], // debug_stripper
  [12, ONE], // meta_optimizer_iterations
  [13, OFF], // shape_optimization
  [14, OFF], // remapping
  [15, OFF], // scoped_allocator_optimization
  [18, OFF], // pin_to_host_optimization
  [22, OFF], // implementation_selector
  [24, OFF], // common_subgraph_elimination
  [31, ON], // auto_mixed_precision_onednn_bfloat16
];

/**
 * `ConfigProto { graph_options { rewrite_options { ... } } }`, serialised: what
 * a function is called with to be rewritten to bfloat16.
 */
export const BFLOAT16_CONFIG: Uint8Array = field(
  10,
  field(10, Uint8Array.from(REWRITER.flatMap(varintField))),
);

/**
 * Why TensorFlow cannot rewrite a graph to bfloat16 here, or `undefined` if it
 * can.
 *
 * @param device The kind of the device that computes, such as "CPU".
 * @param emulated Whether it may be slow.
 * @param flags Default the processor's own.
 */
export function bfloat16Obstacle(
  device: string,
  emulated: boolean,
  flags: ReadonlySet<string> = processorFlags(),
): string | undefined {
  if (device !== "CPU") {
    return `TensorFlow's rewriter to bfloat16 is for CPUs, and the step runs on a ${device}; use float32`;
  }
  if (emulated || flags.has("avx512f") || flags.has("bf16")) return undefined;
  return "TensorFlow computes with it on x86-64 processors with AVX-512 and on arm64 ones with bf16, under Linux, and this one is not known to have that; use float32, or bfloat16-emulated, which rounds as much or more, slowly";
}

/** A field of a serialised message that is a message itself, of < 128 bytes. */
function field(number: number, message: Uint8Array): Uint8Array {
  return Uint8Array.of(number << 3 | 2, message.length, ...message);
}

/** A field that is a number below 128. */
function varintField([number, value]: readonly [number, number]): number[] {
  const tag = number << 3;
  return tag < 128 ? [tag, value] : [tag & 127 | 128, tag >> 7, value];
}
