import { assertEquals } from "@std/assert";
import {
  listenForStop,
  stopListening,
  stopRequested,
} from "../../lib/notebook/stop.ts";

const PROGRAM = new URL("stop_program.ts", import.meta.url);

/** Starts the program; sends SIGINT whenever its output ends with a line. */
async function run(how: string, stopAfter: readonly string[]) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "-A", PROGRAM.href, how],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const waited = [...stopAfter];
  let output = "";
  for await (const words of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += words;
    while (waited.length > 0 && output.includes(`${waited[0]}\n`)) {
      waited.shift();
      child.kill("SIGINT");
    }
  }
  const { code, signal } = await child.status;
  return { lines: output.trim().split("\n"), code, signal };
}

const ENDING = [
  "ready",
  "called",
  "stopped true AbortError",
  "inner scope remembers true",
  "next scope remembers false",
  "done",
];

/** A test that sends SIGINT; on Windows Deno ends a program by any signal. */
function testOfSignals(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: Deno.build.os === "windows", fn });
}

testOfSignals(
  "stopRequested() ends a loop at SIGINT and the program goes on",
  async () => {
    const { lines, code } = await run("polite", ["ready"]);
    assertEquals(lines, ENDING);
    assertEquals(code, 0);
  },
);

testOfSignals(
  "listenForStop() gives SIGINT its meaning back at its end",
  async () => {
    const { lines, signal } = await run("after", ["ready", "done"]);
    assertEquals(lines, ENDING);
    assertEquals(signal, "SIGINT");
  },
);

testOfSignals("a second SIGINT ends a program that never asks", async () => {
  const { lines, code } = await run("deaf", ["ready", "once", "heard"]);
  assertEquals([lines, code], [["ready", "once", "heard"], 130]);
});

Deno.test("listenForStop() leaves no listener behind", () => {
  {
    using _ = listenForStop();
    assertEquals(stopRequested(), false);
  }
  // The test runner fails this test if a signal listener is left.
});

Deno.test("stopListening() may be called at any time", () => {
  stopListening();
  const scope = listenForStop();
  stopListening();
  scope[Symbol.dispose]();
  scope[Symbol.dispose]();
  assertEquals(stopRequested(), false);
});
