import {
  assertEquals,
  assertNotEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { verdict, wrongAnswer } from "../../lib/notebook/verdict.ts";

const looks = (["open", "right", "wrong"] as const).map((kind) =>
  verdict(kind, "1 < 2").bundle
);

Deno.test("verdict() marks right and wrong with a sign", () => {
  assertEquals(looks.map((bundle) => bundle["text/plain"]), [
    "1 < 2",
    "✓ 1 < 2",
    "✗ 1 < 2",
  ]);
});

Deno.test("verdict() differs in nothing but sign and colour, and escapes", () => {
  const [open, right, wrong] = looks.map((bundle) =>
    String(bundle["text/html"])
  );
  assertStringIncludes(right!, "1 &lt; 2");
  const bare = (markup: string) => markup.replace(/#\w{6}|[✓✗] /g, "");
  assertEquals(bare(right!), bare(wrong!));
  assertEquals(bare(right!), bare(open!));
  assertNotEquals(right!.match(/#\w{6}/)?.[0], wrong!.match(/#\w{6}/)?.[0]);
});

Deno.test("wrongAnswer() is a remark to a reader, and fails where nobody reads", () => {
  const { bundle } = wrongAnswer("54 is not it yet", false);
  assertEquals(bundle, verdict("wrong", "54 is not it yet").bundle);
  assertThrows(() => wrongAnswer("54 is not it", true), Error, "54 is not it");
});
