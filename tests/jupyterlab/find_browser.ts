import { DELIMITER, join } from "@std/path";
import { fileInfo } from "../../lib/data/file_info.ts";
import { SetupFailure } from "../../lib/setup/setup_failure.ts";

/** The programs that will do, as they are called on Linux. */
const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];

/** Where they are installed on other systems. */
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The path of a Chromium: what the variable `CHROMIUM` names, else the first
 * on the search path, else one at its usual place.
 *
 * @throws {SetupFailure} If there is none
 */
export async function findBrowser(): Promise<string> {
  const named = Deno.env.get("CHROMIUM");
  if (named) {
    if (await fileInfo(named)) return named;
    throw new SetupFailure(
      `The variable CHROMIUM names ${named}, which is not there`,
      "let it name the program of a Chromium or a Chrome",
    );
  }
  const folders = (Deno.env.get("PATH") ?? "").split(DELIMITER);
  const onPath = NAMES.flatMap((name) =>
    folders.filter(Boolean).map((folder) => join(folder, name))
  );
  for (const path of [...onPath, ...PLACES]) {
    if (await fileInfo(path)) return path;
  }
  throw new SetupFailure(
    "There is no Chromium, which runs the notebooks as a reader sees them",
    "install Chromium or Chrome, or let the variable CHROMIUM name one",
  );
}
