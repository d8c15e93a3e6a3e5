import { assertEquals } from "@std/assert";
import { runTable } from "../../lib/lab/run_table.ts";
import { sampleRecord } from "../records/sample_record.ts";

Deno.test("runTable() says where runs ended, and how they were trained", () => {
  const record = sampleRecord();
  const stopped = {
    ...record,
    stoppedBy: "user" as const,
    wallTimeSeconds: 90,
    hyperparameters: { ...record.hyperparameters, learningRate: 0.025 },
    final: { ...record.final, trainLoss: null },
    hardware: { ...record.hardware, device: "GPU 0 (80 GiB)", gpu: "H1" },
  };
  const words = runTable([{ ...record, wallTimeSeconds: 60 }, stopped])
    .bundle["text/plain"];
  const [, , whole, ended] = words.split("\n").map((line) =>
    line.split(/\s{2,}/).map((cell) => cell.trim())
  );
  const { trainError, testError } = record.final;
  const errors = [trainError, testError].map((error) => error!.toFixed(1));
  assertEquals(whole, [
    ...["ResNet-20", "0.25", ...errors],
    ...["2,000", "128", "0.1", "0", "1.0", "CPU, a CPU"],
  ]);
  assertEquals(ended, [
    ...["ResNet-20", "–", ...errors],
    ...["stopped by user", "128", "0.025", "0", "1.5", "GPU 0 (80 GiB), H1"],
  ]);
});
