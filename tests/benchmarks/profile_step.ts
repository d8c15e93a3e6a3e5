import { join } from "@std/path";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { projectRoot } from "../../lib/setup/project.ts";
import { writeExchange } from "./exchange.ts";
import { benchmarksFolder } from "./folders.ts";

/** Prints where the time of a training step goes, by op and by shapes. */
export async function profileStep(
  { quick }: { readonly quick: boolean },
): Promise<void> {
  const worker = join(benchmarksFolder(), "profile_worker.ts");
  for (const depth of quick ? [20] : [20, 56]) {
    const network = cifarResNet({ depth });
    const exchange = await writeExchange(network, depth, quick ? 8 : 128);
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", worker, exchange, quick ? "2" : "5"],
      cwd: projectRoot(),
      stdout: "inherit",
      stderr: "inherit",
    }).spawn().status;
    if (!success) throw new Error(`The profile of ${network.name} failed`);
  }
}
