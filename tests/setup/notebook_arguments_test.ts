import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";
import {
  listNotebooks,
  readArguments,
} from "../../lib/setup/notebook_arguments.ts";
import { SetupFailure } from "../../lib/setup/setup_failure.ts";

Deno.test("readArguments() takes the preset from --preset, then PRESET, then smoke", () => {
  assertEquals(readArguments([]).preset, "smoke");
  assertEquals(readArguments([], "study").preset, "study");
  assertEquals(readArguments([], "").preset, "smoke");
  assertEquals(readArguments(["--preset=paper"], "study").preset, "paper");
});

Deno.test("readArguments() keeps a number that names a notebook as text", () => {
  assertEquals(readArguments(["02", "--update"]).names, ["02"]);
});

Deno.test("readArguments() throws on what it does not know", () => {
  assertThrows(
    () => readArguments(["--preset", "huge"]),
    SetupFailure,
    'Expected the preset to be one of smoke, study, paper but found "huge"',
  );
  assertThrows(
    () => readArguments(["--upgrade"]),
    SetupFailure,
    "The task notebooks knows no argument --upgrade",
  );
});

Deno.test("listNotebooks() finds notebooks by number, name, file and path", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const name of ["10_c.ipynb", "02_b.ipynb", "01_a.ipynb", "a.txt"]) {
      await Deno.writeTextFile(join(folder, name), "");
    }
    await Deno.mkdir(join(folder, "executed"));
    const all = ["01_a.ipynb", "02_b.ipynb", "10_c.ipynb"];
    assertEquals(listNotebooks(folder, []), all);
    for (const name of ["02", "02_b", "02_b.ipynb", "notebooks/02_b.ipynb"]) {
      assertEquals(listNotebooks(folder, [name]), ["02_b.ipynb"]);
    }
    assertEquals(listNotebooks(folder, ["10", "01", "10"]), [
      "01_a.ipynb",
      "10_c.ipynb",
    ]);
    assertThrows(
      () => listNotebooks(folder, ["0"]),
      SetupFailure,
      "There is no notebook 0",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
