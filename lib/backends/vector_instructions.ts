import { processorFlags } from "./processor_flags.ts";

/** A processor's flags and what they mean, the widest instructions first. */
const INSTRUCTIONS: readonly (readonly [flags: string, name: string])[] = [
  ["amx_bf16", "AMX BF16"],
  ["avx512_bf16", "AVX-512 BF16"],
  ["avx512bw", "AVX-512"],
  ["avx2", "AVX2"],
  ["avx", "AVX"],
  ["sve bf16", "SVE BF16"],
  ["sve", "SVE"],
  ["asimd bf16", "NEON BF16"],
  ["asimd", "NEON"],
];

/**
 * A machine's name with its vector instructions, where they are known.
 *
 * @example
 * ```ts
 * import { withInstructions } from "./vector_instructions.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(withInstructions("2 cores", "AVX2"), "2 cores (AVX2)");
 * assertEquals(withInstructions("2 cores", undefined), "2 cores");
 * ```
 */
export function withInstructions(
  machine: string,
  instructions: string | undefined,
): string {
  return instructions === undefined ? machine : `${machine} (${instructions})`;
}

/**
 * The widest vector instructions that the processor has, or `undefined` where
 * that is not known. Kernels are chosen by them: processors of one name that
 * differ in them compute at another speed, and round differently.
 *
 * @param flags Default the processor's own.
 *
 * @example
 * ```ts
 * import { vectorInstructions } from "./vector_instructions.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(vectorInstructions(new Set(["avx", "avx2"])), "AVX2");
 * assertEquals(vectorInstructions(new Set()), undefined);
 * ```
 */
export function vectorInstructions(
  flags: ReadonlySet<string> = processorFlags(),
): string | undefined {
  return INSTRUCTIONS.find(([needed]) =>
    needed.split(" ").every((flag) => flags.has(flag))
  )?.[1];
}
