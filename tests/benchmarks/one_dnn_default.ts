import { processorFlags } from "../../lib/backends/processor_flags.ts";

/** Processor features for which TensorFlow switches oneDNN on by itself. */
const FEATURES = [
  "avx512_vnni",
  "avx512_bf16",
  "avx_vnni",
  "amx_tile",
  "amx_int8",
  "amx_bf16",
];

/**
 * Whether TensorFlow uses oneDNN on this machine when nobody asks for it, as
 * `IsMKLEnabled` of its `util/util.cc` has it: on x86-64 Linux, on processors
 * made for neural networks.
 */
export function oneDnnByDefault(): boolean {
  if (Deno.build.os !== "linux" || Deno.build.arch !== "x86_64") return false;
  const flags = processorFlags();
  return FEATURES.some((feature) => flags.has(feature));
}
