import { assertEquals } from "@std/assert";
import { processorFlags } from "../../lib/backends/processor_flags.ts";
import { vectorInstructions } from "../../lib/backends/vector_instructions.ts";

Deno.test("vectorInstructions() names the widest", () => {
  const cases: readonly (readonly [string | undefined, string])[] = [
    ["AMX BF16", "avx avx2 avx512bw avx512_bf16 amx_bf16 amx_tile"],
    ["AVX-512 BF16", "avx avx2 avx512f avx512bw avx512_bf16"],
    ["AVX-512", "avx avx2 avx512f avx512bw avx512_vnni"],
    ["AVX2", "avx avx2 avx_vnni"],
    ["AVX", "sse4_2 avx"],
    ["SVE BF16", "fp asimd bf16 sve"],
    ["SVE", "fp asimd sve"],
    ["NEON BF16", "fp asimd bf16"],
    ["NEON", "fp asimd"],
    [undefined, "sse4_2"],
  ];
  for (const [expected, flags] of cases) {
    assertEquals(vectorInstructions(new Set(flags.split(" "))), expected);
  }
});

/** What the dynamic linker says of itself; glibc's does from 2.33 on. */
async function linkerHelp(): Promise<string> {
  try {
    const { stdout } = await new Deno.Command("/lib64/ld-linux-x86-64.so.2", {
      args: ["--help"],
    }).output();
    return new TextDecoder().decode(stdout);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

const help = Deno.build.arch === "x86_64" && Deno.build.os === "linux"
  ? await linkerHelp()
  : "";

Deno.test({
  name: "processorFlags() have what the dynamic linker found",
  ignore: !help.includes("x86-64-v3"),
  fn() {
    const flags = processorFlags();
    // A level takes more than these, so a processor may have them without it.
    for (const [level, flag] of [["v3", "avx2"], ["v4", "avx512bw"]] as const) {
      if (!help.includes(`x86-64-${level} (supported`)) continue;
      assertEquals(flags.has(flag), true, flag);
    }
    assertEquals(flags.has("lm"), true, "64 bits");
  },
});
