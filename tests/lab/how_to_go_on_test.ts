import { assertEquals } from "@std/assert";
import { howToGoOn } from "../../lib/lab/how_to_go_on.ts";
import { parseRunSpec } from "../../lib/records/run_spec.ts";

const run = parseRunSpec({ network: "resnet-20", steps: 40 }, "the run");

Deno.test("howToGoOn() says it once", () => {
  for (const args of [["--resume"], []]) {
    assertEquals(
      howToGoOn(run, "time budget", args),
      "deno task train --resume",
    );
  }
  assertEquals(
    howToGoOn(run, "user", ["--sweep", "runs.json", "--shard", "0/2"]),
    "deno task train --sweep runs.json --shard 0/2",
  );
});

Deno.test("howToGoOn() quotes what a shell would take apart", () => {
  assertEquals(
    howToGoOn(run, "user", ["--data", "folder:my pictures/it's"]),
    String.raw`deno task train --data 'folder:my pictures/it'\''s' --resume`,
  );
});

Deno.test("howToGoOn() is silent where there is nothing to go on with", () => {
  const look = parseRunSpec({ network: "resnet-20" }, "the run");
  assertEquals(howToGoOn(look, "user", []), undefined); // no checkpoints
  for (const end of ["steps", "not a finite number"] as const) {
    assertEquals(howToGoOn(run, end, []), undefined);
  }
});
