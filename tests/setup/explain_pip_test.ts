import { assertEquals, assertStringIncludes } from "@std/assert";
import { explainPip } from "../../lib/setup/explain_pip.ts";
import { venvPython } from "../../lib/setup/project.ts";
import { runCommand } from "../../lib/setup/run_command.ts";

const RUN = { what: "JupyterLab", diskMegabytes: 350, log: ".venv/setup.log" };

function explain(stderr: string, code = 1, signal: Deno.Signal | null = null) {
  const interrupted = false;
  return explainPip(RUN, { code, signal, interrupted, stdout: "", stderr });
}

// What pip 23 to 25 print, each in the case that it is named for.
const CASES: [name: string, stderr: string, problem: string][] = [
  [
    "no name server",
    "WARNING: Retrying (Retry(total=4, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/jupyterlab/\nERROR: Could not find a version that satisfies the requirement jupyterlab==4.6.6 (from versions: none)\nERROR: No matching distribution found for jupyterlab==4.6.6",
    "JupyterLab could not be fetched: the package index cannot be reached",
  ],
  [
    "a connection that broke off",
    "pip._vendor.urllib3.exceptions.IncompleteRead: IncompleteRead(10 bytes read, 20 more expected)",
    "JupyterLab could not be fetched: the package index cannot be reached",
  ],
  [
    "a proxy that reads along",
    "Could not fetch URL https://pypi.org/simple/jupyterlab/: There was a problem confirming the ssl certificate: HTTPSConnectionPool: Max retries exceeded (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate')))\nERROR: No matching distribution found for jupyterlab",
    "JupyterLab could not be fetched: the package index's certificate is not trusted, as behind a proxy that reads along",
  ],
  [
    "a full disk",
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
    "The disk is full: JupyterLab does not fit",
  ],
  [
    "a quota",
    "ERROR: Could not install packages due to an OSError: [Errno 122] Disk quota exceeded",
    "The disk is full: JupyterLab does not fit",
  ],
  [
    "an index that holds nothing, or does not answer and is not asked again",
    "ERROR: Could not find a version that satisfies the requirement jupyterlab==4.6.6 (from versions: none)\nERROR: No matching distribution found for jupyterlab==4.6.6",
    "JupyterLab could not be fetched: the package index cannot be reached, or has none for this system",
  ],
  [
    "no wheel for this system",
    "ERROR: Could not find a version that satisfies the requirement tensorflow-cpu==2.21.0 (from versions: 2.16.1, 2.20.0)\nERROR: No matching distribution found for tensorflow-cpu==2.21.0",
    "JupyterLab is not offered for this system",
  ],
  [
    "a folder of another user",
    "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/project/.venv/lib'",
    "JupyterLab could not be written into .venv",
  ],
  [
    "a download that was altered",
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
    "JupyterLab is not what this project has the checksums of: it arrived damaged, or the package index has packages of its own",
  ],
  [
    "a package without a checksum",
    "ERROR: In --require-hashes mode, all requirements must have their versions pinned with ==. These do not:\n    tomli from https://files.example/tomli.whl (from jupyterlab==4.6.6)",
    "JupyterLab is not what this project has the checksums of: it arrived damaged, or the package index has packages of its own",
  ],
  [
    "a wheel that was cut",
    "ERROR: Wheel 'jupyterlab' located at jupyterlab.whl is invalid.",
    "JupyterLab arrived damaged",
  ],
  [
    "Ctrl-C",
    "ERROR: Operation cancelled by user",
    "Installing JupyterLab was interrupted",
  ],
];

for (const [name, stderr, problem] of CASES) {
  Deno.test(`explainPip() recognises ${name}`, () => {
    assertEquals(explain(stderr).message, problem);
  });
}

Deno.test("explainPip() says that a killed pip may have wanted memory", () => {
  assertEquals(
    explain("", 137, "SIGKILL").message,
    "Installing JupyterLab was interrupted (killed, perhaps for want of memory)",
  );
});

Deno.test("explainPip() quotes an error that it does not know and names the log", () => {
  const failure = explain("WARNING: a\nERROR: something new\n", 2);
  assertEquals(
    failure.message,
    "Installing JupyterLab failed with code 2: ERROR: something new",
  );
  assertStringIncludes(failure.mend, ".venv/setup.log");
});

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

Deno.test({
  name: "explainPip() recognises what the project's pip says without network",
  ignore: !isThere(venvPython()),
  async fn() {
    const end = await runCommand(venvPython(), [
      ...["-m", "pip", "download", "--isolated", "--retries", "1"],
      // Nobody listens at this port of this machine.
      ...["--index-url", "http://127.0.0.1:9/simple", "--no-cache-dir"],
      ...["--no-deps", "jupyterlab==4.6.6"],
    ]);
    assertEquals(end.code, 1);
    assertEquals(
      explainPip(RUN, end).message,
      "JupyterLab could not be fetched: the package index cannot be reached",
    );
  },
});
