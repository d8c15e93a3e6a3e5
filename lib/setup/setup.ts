/**
 * `deno task setup [--gpu | --cpu | --auto]`: makes the project ready to run.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import type { Choice } from "./choose_tensorflow.ts";
import { setUp } from "./set_up.ts";
import { runTask, SetupFailure } from "./setup_failure.ts";

/** The choice that the task's arguments name, if they name one. */
export function readChoice(args: readonly string[]): Choice | undefined {
  const flags = parseArgs([...args], {
    boolean: ["gpu", "cpu", "auto"],
    unknown: (arg: string) => {
      throw new SetupFailure(
        `Setup knows no argument ${arg}`,
        "use deno task setup [--gpu | --cpu | --auto]",
      );
    },
  });
  const chosen = (["gpu", "cpu", "auto"] as const).filter((name) =>
    flags[name]
  );
  if (chosen.length > 1) {
    throw new SetupFailure(
      `Setup was asked for --${chosen.join(" and --")} at once`,
      "name one of them",
    );
  }
  return chosen[0];
}

async function main(): Promise<number> {
  const { installed, withoutWheels } = await setUp({
    choice: readChoice(Deno.args),
  });
  if (installed.includes("environment") || installed.includes("tensorflow")) {
    if (withoutWheels) console.error(`${withoutWheels.why}.`);
    console.error("The project is set up.");
  }
  return 0;
}

if (import.meta.main) await runTask(main);
