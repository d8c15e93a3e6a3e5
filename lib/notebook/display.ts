import type { Figure } from "../plots/figure.ts";
import { type Bundle, Output, plot } from "./bundle.ts";

/** What {@linkcode show} shows. */
export type Showable = Output | Figure | string | number | boolean;

/** Options for {@linkcode show}. */
export interface ShowOptions {
  /** A name by which the output can be replaced later. */
  id?: string;
  /** Whether the output of this name is replaced. Default: false. */
  replace?: boolean;
}

/**
 * Whether the program runs as a notebook's kernel.
 *
 * @example Usage
 * ```ts
 * import { inJupyter } from "./display.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(inJupyter(), false);
 * ```
 */
export function inJupyter(): boolean {
  try {
    return typeof Deno.jupyter?.display === "function";
  } catch {
    return false; // outside a kernel, Deno throws where it is only named
  }
}

/**
 * Whether the notebook runs without a reader, as `deno task notebooks` runs it:
 * there an exercise with a wrong answer fails its cell.
 *
 * @example Usage
 * ```ts
 * import { isHeadless } from "./display.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isHeadless(undefined), false);
 * assertEquals(isHeadless("1"), true);
 * ```
 *
 * @param variable The environment variable `NOTEBOOK_HEADLESS`, which
 * `run_notebook.py` sets to 1.
 */
export function isHeadless(
  variable: string | undefined = Deno.env.get("NOTEBOOK_HEADLESS"),
): boolean {
  return variable === "1";
}

/**
 * Shows a figure, a table, a drawing or plain words below the cell. Outside a
 * notebook it prints the plain text of them.
 *
 * @example Usage
 * ```ts ignore
 * await show(learningCurves(runs));
 * await show(table(rows));
 * ```
 *
 * @param value What is shown.
 * @param options The output's name, for outputs that are replaced.
 * @returns When it is shown; await it, or later output may come before it.
 */
export async function show(
  value: Showable,
  options: ShowOptions = {},
): Promise<void> {
  const bundle = bundleOf(value);
  if (!inJupyter()) {
    console.log(bundle["text/plain"]);
    return;
  }
  const { id, replace = false } = options;
  await Deno.jupyter.display(bundle, {
    raw: true,
    update: replace,
    ...(id === undefined ? {} : { display_id: id }),
  });
}

/** The forms in which a value is shown. */
export function bundleOf(value: Showable): Bundle {
  if (value instanceof Output) return value.bundle;
  if (typeof value === "object") return plot(value).bundle;
  return { "text/plain": String(value) };
}
