import { assertEquals, assertThrows } from "@std/assert";
import { finalOf } from "../../lib/lab/final_of.ts";
import { sampleRecord } from "../records/sample_record.ts";

const record = sampleRecord();
const runs = [{ name: "ResNet-20", record }];

Deno.test("finalOf() gives where a run ended", () => {
  const { trainLoss, testError } = finalOf(runs, "ResNet-20");
  assertEquals(trainLoss, record.final.trainLoss);
  assertEquals(testError, record.final.testError);
});

Deno.test("finalOf() says what to do after a Stop", () => {
  assertThrows(
    () => finalOf(runs, "plain-56"),
    Error,
    "Expected a run of plain-56 but found ResNet-20: run the cell that trains it",
  );
  assertThrows(() => finalOf([], "plain-56"), Error, "but found none");
  const stopped = { ...record, stoppedBy: "user" as const };
  assertThrows(
    () => finalOf([{ name: "plain-20", record: stopped }], "plain-20"),
    Error,
    "Expected a run of plain-20 to its last step but found one stopped by user",
  );
});
