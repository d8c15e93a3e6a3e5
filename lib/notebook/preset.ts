import { checkOneOf } from "../data/check_one_of.ts";
import { type Preset, PRESETS } from "../training/preset_names.ts";
import { callout, type Output } from "./bundle.ts";

/** What each preset is for. */
const PURPOSES: Readonly<Record<Preset, string>> = {
  smoke: "a few minutes on two CPU cores: small enough to run, long enough " +
    "to show the effect",
  study: "about an hour on two CPU cores",
  paper: "the paper's own number of steps, for a machine with a GPU",
};

/**
 * The preset that the environment variable `PRESET` names. Without one it is
 * "smoke", on a server and at a desk alike, so that nobody waits an hour for
 * not having chosen.
 *
 * @example Usage
 * ```ts
 * import { preset } from "./preset.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(preset(""), "smoke");
 * assertEquals(preset("paper"), "paper");
 * ```
 *
 * @param name The name; what `PRESET` holds if left out.
 * @returns The preset.
 * @throws {RangeError} If there is no preset of this name.
 */
export function preset(
  name: string | undefined = Deno.env.get("PRESET"),
): Preset {
  if (name === undefined || name === "") return "smoke";
  checkOneOf<string>(name, PRESETS, "PRESET");
  return name as Preset;
}

/**
 * Says which preset a notebook runs at, and how to choose another.
 *
 * @example Usage
 * ```ts
 * import { presetNote } from "./preset.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(
 *   presetNote("smoke").bundle["text/plain"],
 *   "This run is at the preset smoke",
 * );
 * ```
 *
 * @param chosen The preset.
 * @returns The note.
 */
export function presetNote(chosen: Preset): Output {
  const others = PRESETS.filter((name) => name !== chosen);
  return callout(
    "Note",
    `This run is at the preset ${chosen}: ${
      PURPOSES[chosen]
    }. For another one, set the environment variable PRESET to ${
      others.join(" or ")
    } before the kernel starts.`,
  );
}
