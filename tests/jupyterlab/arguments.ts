import { parseArgs } from "@std/cli/parse-args";
import { resolve } from "@std/path";
import { SetupFailure } from "../../lib/setup/setup_failure.ts";

/** JupyterLab's themes by the words that ask for them. */
export const THEMES = {
  light: "JupyterLab Light",
  dark: "JupyterLab Dark",
} as const;

/** What the task `test:jupyterlab` is asked for. */
export interface Arguments {
  /** The notebooks to run; none for all. */
  readonly names: readonly string[];
  /** The folder for pictures of the pages. */
  readonly screenshots: string | undefined;
  /** The theme of JupyterLab. */
  readonly theme: keyof typeof THEMES;
}

const USE =
  "use deno task test:jupyterlab [--screenshots FOLDER] [--theme light|dark] [names]";

/**
 * Reads the arguments of the task `test:jupyterlab`.
 *
 * @throws {SetupFailure} If an argument is not known
 */
export function readArguments(args: readonly string[]): Arguments {
  const { screenshots, theme = "light", _ } = parseArgs([...args], {
    string: ["screenshots", "theme", "_"],
    unknown: (arg: string) => {
      if (!arg.startsWith("-")) return true;
      throw new SetupFailure(
        `The task test:jupyterlab knows no argument ${arg}`,
        USE,
      );
    },
  });
  if (theme !== "light" && theme !== "dark") {
    throw new SetupFailure(
      `Expected the theme to be light or dark but found ${
        JSON.stringify(theme)
      }`,
      USE,
    );
  }
  return {
    names: _.map(String),
    screenshots: screenshots ? resolve(screenshots) : undefined,
    theme,
  };
}
