import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { runCommand } from "../../lib/setup/run_command.ts";
import { projectRoot } from "../../lib/setup/project.ts";
import { cannotFake } from "./test_project.ts";

Deno.test({
  name: "runCommand() hands back output, code and signal",
  ignore: cannotFake,
  async fn() {
    const run = (script: string) => runCommand("/bin/sh", ["-c", script]);
    assertEquals(await run("echo out; echo err >&2; exit 3"), {
      code: 3,
      signal: null,
      interrupted: false,
      stdout: "out\n",
      stderr: "err\n",
    });
    assertEquals((await run("kill -KILL $$")).signal, "SIGKILL");
  },
});

Deno.test({
  name: "runCommand() tells of each line",
  ignore: cannotFake,
  async fn() {
    const lines: string[] = [];
    const script =
      "printf 'cell 1'; sleep 0.2; printf ' of 2\\ncell 2 of 2\\n'; " +
      "printf 'no end of line'";
    const { stdout } = await runCommand("/bin/sh", ["-c", script], {
      onLine: (line) => lines.push(line),
    });
    assertEquals(lines, ["cell 1 of 2", "cell 2 of 2"]);
    assertEquals(stdout, "cell 1 of 2\ncell 2 of 2\nno end of line");
  },
});

Deno.test("runCommand() rejects a program that is not there", async () => {
  await assertRejects(
    () => runCommand("no-such-program", []),
    Deno.errors.NotFound,
  );
});

Deno.test({
  name: "runCommand() ends the command when its own process is told to stop",
  ignore: cannotFake,
  async fn() {
    const module = join(projectRoot(), "lib", "setup", "run_command.ts");
    // The command says its process id; only its end lets ours finish.
    const script = `
      import { runCommand } from ${JSON.stringify(`file://${module}`)};
      const ended = runCommand("/bin/sh", ["-c", "echo $$ > $PID; exec sleep 60"]);
      console.log("started");
      console.log((await ended).interrupted);
    `;
    const folder = await Deno.makeTempDir();
    const pidFile = join(folder, "pid");
    try {
      const ours = new Deno.Command(Deno.execPath(), {
        args: ["eval", script],
        env: { PID: pidFile },
        stdout: "piped",
      }).spawn();
      const pid = await waitForNumber(pidFile);
      ours.kill("SIGTERM");
      const { stdout, code } = await ours.output();
      assertEquals(new TextDecoder().decode(stdout), "started\ntrue\n");
      assertEquals(code, 0);
      assert(!await isRunning(pid));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test({
  name: "runCommand() heeds a stop when only the command's own child is left",
  ignore: cannotFake,
  async fn() {
    const module = join(projectRoot(), "lib", "setup", "run_command.ts");
    // The child holds the pipes on when the command has ended.
    const script = `
      import { runCommand } from ${JSON.stringify(`file://${module}`)};
      const { interrupted, code } = await runCommand(
        "/bin/sh",
        ["-c", "sleep 3 & echo $$ > $PID"],
      );
      console.log(interrupted, code);
    `;
    const folder = await Deno.makeTempDir();
    const pidFile = join(folder, "pid");
    try {
      const ours = new Deno.Command(Deno.execPath(), {
        args: ["eval", script],
        env: { PID: pidFile, NO_COLOR: "1" },
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      const pid = await waitForNumber(pidFile);
      while (await isRunning(pid)) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
      ours.kill("SIGTERM");
      const { stdout, stderr } = await ours.output();
      assertEquals(new TextDecoder().decode(stderr), "");
      assertEquals(new TextDecoder().decode(stdout), "true 0\n");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

async function waitForNumber(path: string): Promise<number> {
  while (true) {
    try {
      const text = await Deno.readTextFile(path);
      if (text.endsWith("\n")) return Number(text);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function isRunning(pid: number): Promise<boolean> {
  const { code } = await runCommand("/bin/sh", ["-c", `kill -0 ${pid}`]);
  return code === 0;
}
