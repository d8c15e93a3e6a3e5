import { parseArgs } from "@std/cli/parse-args";
import { basename } from "@std/path";
import { type Preset, PRESETS } from "../training/preset_names.ts";
import { SetupFailure } from "./setup_failure.ts";

/** What the task `notebooks` is asked for. */
export interface NotebookArguments {
  /** The size of the runs. */
  readonly preset: Preset;
  /** Whether the executed copies take the committed notebooks' place. */
  readonly update: boolean;
  /** The notebooks to run; none for all. */
  readonly names: readonly string[];
}

/**
 * Reads the arguments of the task `notebooks`.
 *
 * @example One notebook at the preset "study"
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readArguments } from "./notebook_arguments.ts";
 *
 * assertEquals(readArguments(["--preset", "study", "02_degradation"]), {
 *   preset: "study",
 *   update: false,
 *   names: ["02_degradation"],
 * });
 * ```
 *
 * @param preset The variable `PRESET`, used where `--preset` is not given
 * @throws {SetupFailure} If an argument is not known
 */
export function readArguments(
  args: readonly string[],
  preset?: string,
): NotebookArguments {
  const flags = parseArgs([...args], {
    boolean: ["update"],
    string: ["preset", "_"],
    unknown: (arg: string) => {
      if (!arg.startsWith("-")) return true;
      throw new SetupFailure(
        `The task notebooks knows no argument ${arg}`,
        `use deno task notebooks [--preset ${
          PRESETS.join("|")
        }] [--update] [names]`,
      );
    },
  });
  return {
    preset: presetNamed(
      flags.preset ?? (preset || "smoke"),
      "name one of them with --preset, or leave it out for smoke",
    ),
    update: flags.update === true,
    names: flags._.map(String),
  };
}

/**
 * The preset of a name.
 *
 * @param mend What to do if there is none
 * @throws {SetupFailure} If there is none
 */
export function presetNamed(name: string, mend: string): Preset {
  const known = PRESETS.find((preset) => preset === name);
  if (known !== undefined) return known;
  throw new SetupFailure(
    `Expected the preset to be one of ${PRESETS.join(", ")} but found ${
      JSON.stringify(name)
    }`,
    mend,
  );
}

/**
 * The notebooks in a folder, in order of their names.
 *
 * @param folder The folder that holds them
 * @param asked The ones to take, each by its file name, its name without
 * ending, or the number that it starts with; none for all
 * @returns File names
 * @throws {SetupFailure} If one that is asked for is not there
 */
export function listNotebooks(
  folder: string,
  asked: readonly string[],
): string[] {
  const all = [...Deno.readDirSync(folder)]
    .filter(({ name, isFile }) => isFile && name.endsWith(".ipynb"))
    .map(({ name }) => name)
    .sort();
  if (asked.length === 0) return all;
  const wanted = asked.map((given) => {
    const stem: string = basename(given).replace(/\.ipynb$/, "");
    const name = all.find((name) =>
      name === `${stem}.ipynb` || name.split("_")[0] === stem
    );
    if (name !== undefined) return name;
    throw new SetupFailure(
      `There is no notebook ${given}`,
      all.length === 0
        ? "put it into the folder notebooks"
        : `name one of ${all.join(", ")}`,
    );
  });
  return all.filter((name) => wanted.includes(name));
}
