/**
 * `deno task test:jupyterlab [--screenshots FOLDER] [--theme dark] [names]`:
 * runs the notebooks in JupyterLab in a headless Chromium, at the preset smoke
 * and on a copy, and checks what a reader would see.
 *
 * @module
 */
import { basename, join } from "@std/path";
import { type Browser, chromium, type Page } from "playwright-core";
import { listNotebooks } from "../../lib/setup/notebook_arguments.ts";
import { projectRoot } from "../../lib/setup/project.ts";
import { setUp } from "../../lib/setup/set_up.ts";
import { runTask } from "../../lib/setup/setup_failure.ts";
import { type Arguments, readArguments } from "./arguments.ts";
import { checkCells, checkLiveCurves } from "./check_cells.ts";
import { checkFigures } from "./check_figures.ts";
import { checkProse } from "./check_prose.ts";
import { checkStop } from "./check_stop.ts";
import { Checks } from "./checks.ts";
import { type Expected, readExpected } from "./committed.ts";
import { copyNotebooks } from "./copies.ts";
import { findBrowser } from "./find_browser.ts";
import { type LabServer, startLab } from "./lab_server.ts";
import { watchLiveCurves } from "./live_curves.ts";
import { NotebookPage } from "./notebook_page.ts";
import { takeScreenshots } from "./screenshots.ts";
import { listenToTraffic, type Traffic } from "./traffic.ts";

/** How long a notebook may run, in milliseconds. */
const LIMIT = 20 * 60_000;

/** What all notebooks are run with. */
interface Bench {
  readonly browser: Browser;
  readonly lab: LabServer;
  /** The folder of the copies, in the project's. */
  readonly folder: string;
  readonly checks: Checks;
  readonly asked: Arguments;
  /** Aborted when we are told to stop. */
  readonly told: AbortSignal;
}

/** Opens a notebook on a page of its own, and looks at the traffic after. */
async function onPage(
  { browser, lab, folder, checks }: Bench,
  name: string,
  work: (notebook: NotebookPage) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 1200 },
  });
  try {
    const page: Page = await context.newPage();
    const traffic = listenToTraffic(page);
    const path = `${folder}/${name}`;
    const notebook = await NotebookPage.open(page, lab.address(path), path);
    await work(notebook);
    checkTraffic(traffic, checks);
  } finally {
    await context.close();
    await lab.endKernels();
  }
}

function checkTraffic(traffic: Traffic, checks: Checks): void {
  checks.claim("no error in the browser's console", traffic.errors);
  checks.claim("no failed request", traffic.failed);
  checks.claim("no request to another machine", traffic.outside);
}

/**
 * Runs a notebook, and checks what it shows.
 *
 * @returns For how many seconds its longest training ran
 */
async function runNotebook(
  bench: Bench,
  name: string,
  expected: ReadonlyMap<string, Expected>,
): Promise<number> {
  let longest = 0;
  const { checks, asked: { screenshots, theme } } = bench;
  await onPage(bench, name, async (notebook) => {
    await watchLiveCurves(notebook.page);
    await notebook.runAll();
    const cells = await notebook.untilDone(LIMIT);
    checkCells(cells, checks);
    longest = await checkLiveCurves(notebook, cells, expected, checks);
    await checkFigures(notebook, cells, expected, checks);
    await checkProse(notebook, cells, checks);
    if (screenshots) {
      const stem = basename(name, ".ipynb");
      await takeScreenshots(notebook, screenshots, `${stem}-${theme}`);
    }
  });
  return longest;
}

/** The notebooks one after another, then Stop in the one that trains longest. */
async function runAll(bench: Bench, root: string): Promise<void> {
  const notebooks = join(root, "notebooks");
  let longest = { name: "", seconds: 0 };
  const guarded = async (title: string, work: () => Promise<void>) => {
    console.log(`\n${title}`);
    try {
      await work();
    } catch (error) {
      bench.checks.claim("it can be looked at to its end", [String(error)]);
    }
  };
  for (const name of listNotebooks(notebooks, bench.asked.names)) {
    if (bench.told.aborted) return;
    const expected = await readExpected(join(notebooks, name));
    await guarded(name, async () => {
      const seconds = await runNotebook(bench, name, expected);
      if (seconds > longest.seconds) longest = { name, seconds };
    });
  }
  const { name } = longest;
  if (name === "" || bench.told.aborted) return;
  const expected = await readExpected(join(notebooks, name));
  await guarded(
    `${name}, stopped`,
    () =>
      onPage(
        bench,
        name,
        (notebook) => checkStop(notebook, expected, bench.checks),
      ),
  );
}

async function main(): Promise<number> {
  const asked = readArguments(Deno.args);
  const executablePath = await findBrowser();
  const root = projectRoot();
  await setUp();
  const checks = new Checks();
  // Before JupyterLab starts: what a script runs in its background ignores
  // SIGINT, and hands that on unless it listens itself; no kernel stops then.
  const told = new AbortController();
  for (const signal of STOPS) {
    Deno.addSignalListener(signal, () => told.abort());
  }
  await using copies = await copyNotebooks(root);
  await using lab = await startLab(root, copies.path, asked.theme);
  const browser = await chromium.launch({
    executablePath,
    // Chromium has no sandbox of its own for root, as in most containers.
    args: Deno.uid() === 0 ? ["--no-sandbox"] : [],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  // Without its browser everything comes to its end.
  told.signal.addEventListener("abort", () => void browser.close());
  try {
    await runAll({
      browser,
      lab,
      folder: copies.name,
      checks,
      asked,
      told: told.signal,
    }, root);
  } finally {
    await browser.close();
  }
  console.log(`\n${checks.passed} passed, ${checks.failed} failed`);
  return checks.failed === 0 && !told.signal.aborted ? 0 : 1;
}

/** How a terminal or a supervisor tells us to stop. */
const STOPS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

if (import.meta.main) await runTask(main);
