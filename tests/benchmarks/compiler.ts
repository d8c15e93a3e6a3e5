/** What a table says where there is none. */
export const NO_COMPILER =
  "No C++ compiler was found: torch.compile did not take part.";

/** The C++ compiler that torch.compile uses on a CPU. */
export function compiler(): string {
  return Deno.env.get("CXX") ?? "g++";
}

/** Whether that compiler is there. */
export async function hasCompiler(): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(compiler(), {
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
