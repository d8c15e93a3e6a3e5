/** What a table says where there is none. */
export const NO_COMPILER =
  "No C++ compiler was found: torch.compile did not take part.";

/** Whether there is a C++ compiler, which torch.compile needs on a CPU. */
export async function hasCompiler(): Promise<boolean> {
  const program = Deno.env.get("CXX") ?? "g++";
  try {
    const { success } = await new Deno.Command(program, {
      args: ["--version"],
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
