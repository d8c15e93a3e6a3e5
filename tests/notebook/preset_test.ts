import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { preset, presetNote } from "../../lib/notebook/preset.ts";

Deno.test("preset() is smoke unless PRESET says otherwise", () => {
  assertEquals(preset(""), "smoke");
  assertEquals(preset("study"), "study");
});

Deno.test("preset() throws on a wrong name, naming the right ones", () => {
  for (const name of ["full", "Smoke", "toString"]) {
    assertThrows(
      () => preset(name),
      RangeError,
      `Expected PRESET to be one of "smoke", "study", "paper" but found "${name}"`,
    );
  }
});

Deno.test("presetNote() says which others there are", () => {
  const words = presetNote("study").bundle["text/plain"];
  assertStringIncludes(words, "at the preset study");
  assertStringIncludes(words, "PRESET to smoke or paper");
});
