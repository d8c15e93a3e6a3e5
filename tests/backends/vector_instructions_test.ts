import { assertEquals, assertMatch } from "@std/assert";
import { processorFlags } from "../../lib/backends/processor_flags.ts";
import { vectorInstructions } from "../../lib/backends/vector_instructions.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";

Deno.test("vectorInstructions() names the widest", () => {
  const cases: readonly (readonly [string | undefined, string])[] = [
    ["AMX", "avx avx2 avx512bw avx512_bf16 amx_bf16 amx_tile"],
    ["AVX-512 and bfloat16", "avx avx2 avx512f avx512bw avx512_bf16"],
    ["AVX-512", "avx avx2 avx512f avx512bw avx512_vnni"],
    // Of the first processors with AVX-512, which oneDNN gives AVX2 kernels.
    ["AVX2", "avx avx2 avx512f avx512er"],
    ["AVX", "sse4_2 avx"],
    ["SVE", "fp asimd sve"],
    ["NEON", "fp asimd"],
    [undefined, "sse4_2"],
  ];
  for (const [expected, flags] of cases) {
    assertEquals(vectorInstructions(new Set(flags.split(" "))), expected);
  }
});

Deno.test({
  name: "processorFlags() are those that the dynamic linker goes by",
  ignore: Deno.build.os !== "linux" || Deno.build.arch !== "x86_64",
  async fn() {
    const { stdout } = await new Deno.Command("/lib64/ld-linux-x86-64.so.2", {
      args: ["--help"],
    }).output();
    const help = new TextDecoder().decode(stdout);
    const flags = processorFlags();
    for (
      const [level, flag] of [["v2", "sse4_2"], ["v3", "avx2"], [
        "v4",
        "avx512bw",
      ]] as const
    ) {
      assertEquals(
        flags.has(flag),
        help.includes(`x86-64-${level} (supported`),
        `${flag}: ${help}`,
      );
    }
  },
});

Deno.test("useBackend() says what a CPU computes with", async () => {
  const { device } = await useBackend({ name: "tensorflow", quiet: true });
  const instructions = vectorInstructions();
  assertMatch(device, /^CPU, \d+ cores/);
  assertEquals(
    device.endsWith(` with ${instructions}`),
    instructions !== undefined,
  );
});
