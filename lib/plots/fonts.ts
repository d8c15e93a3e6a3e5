/**
 * The fonts that pictures are drawn with. They ship with the project (npm's
 * `dejavu-fonts-ttf`), because resvg draws no text, and says nothing, where it
 * finds no font.
 *
 * @module
 */

import { fromFileUrl } from "@std/path";

/** The family of the fonts, as an SVG names it. */
export const PICTURE_FONT = "DejaVu Sans";

const FILES = [
  "DejaVuSans.ttf",
  "DejaVuSans-Bold.ttf",
  "DejaVuSans-Oblique.ttf",
] as const;

/**
 * Finds the font files and makes sure that they are there.
 *
 * @returns Their paths.
 * @throws {Deno.errors.NotFound} If a file is missing.
 */
export function fontFiles(): string[] {
  const folder = new URL("ttf/", import.meta.resolve("dejavu-fonts-ttf"));
  return FILES.map((name) => {
    const path = fromFileUrl(new URL(name, folder));
    try {
      Deno.statSync(path);
    } catch (cause) {
      throw new Deno.errors.NotFound(
        `Expected the font ${name} of the package dejavu-fonts-ttf at ${path} but found no such file: run \`deno install\``,
        { cause },
      );
    }
    return path;
  });
}
