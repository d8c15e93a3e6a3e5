import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  doctorTable,
  withoutFolders,
} from "../../lib/notebook/doctor_table.ts";
import { facts, tensorflow } from "../setup/example_facts.ts";

const FACTS = facts({
  deno: { version: "2.9.6", path: "/somewhere/of/someone/bin/deno" },
  python: { found: { version: "3.12", path: "/somewhere/of/someone/python3" } },
  tensorflow: {
    problem:
      "TensorFlow is at /somewhere/of/someone/tf/lib.so.2 but does not start",
    mend: "remove .venv and run deno task setup",
  },
  dataSets: [{
    name: "CIFAR-10",
    state: {
      found: "/somewhere/of/someone/cifar (the folder that CIFAR10_DIR names)",
    },
  }],
});

Deno.test("doctorTable() tells what there is, and no folder of somebody's", () => {
  const { bundle } = doctorTable(FACTS);
  const words = bundle["text/plain"];
  assertStringIncludes(words, "2.9.6 (…/deno)");
  assertStringIncludes(words, "…/cifar (the folder that CIFAR10_DIR names)");
  assertStringIncludes(words, "…/lib.so.2 but does not start");
  assertStringIncludes(words, "remove .venv and run deno task setup");
  for (const form of Object.values(bundle)) {
    assert(!String(form).includes("someone"));
  }
});

Deno.test("doctorTable() has no column for what to do where nothing is missing", () => {
  const found = tensorflow(["CPU"]);
  const { bundle } = doctorTable({ ...FACTS, tensorflow: found });
  assertEquals(bundle["text/plain"].includes("what to do"), false);
  assertStringIncludes(doctorTable(FACTS).bundle["text/plain"], "what to do");
});

Deno.test("withoutFolders() leaves what is no absolute path", () => {
  for (const text of ["fetched when first used (39 MB)", "and/or", ".venv/x"]) {
    assertEquals(withoutFolders(text), text);
  }
  assertEquals(withoutFolders("/a/b/c, /d/e"), "…/c, …/e");
  const url = "https://deno.com/manual/run";
  assertEquals(withoutFolders(url), url);
  const home = Deno.env.get("HOME");
  Deno.env.set("HOME", "/somewhere/Jane Doe");
  try {
    assertEquals(withoutFolders("/somewhere/Jane Doe/my/cifar"), "…/cifar");
    assertEquals(withoutFolders("in /somewhere/Jane Doe"), "in ~");
  } finally {
    if (home === undefined) Deno.env.delete("HOME");
    else Deno.env.set("HOME", home);
  }
  assertEquals(withoutFolders("C:\\Users\\me\\x (y)"), "…\\x (y)");
});
