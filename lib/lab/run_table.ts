import { withInstructions } from "../backends/vector_instructions.ts";
import type { Output } from "../notebook/bundle.ts";
import { type Column, table } from "../notebook/table.ts";
import { runName } from "../records/run_name.ts";
import type { RunRecord } from "../records/schema.ts";

const COLUMNS: readonly (string | Column)[] = [
  "network",
  { key: "training loss", digits: 2 },
  { key: "training error %", digits: 1 },
  { key: "test error %", digits: 1 },
  "steps",
  "batch",
  "rate",
  "seed",
  { key: "minutes", digits: 1 },
  "computed on",
];

/**
 * A table of runs: where each ended, and how it was trained. The rate is the
 * one at the start.
 *
 * @param records The runs' lab records.
 */
export function runTable(records: readonly RunRecord[]): Output {
  const rows = records.map((record) => {
    const { network, final, hyperparameters, hardware } = record;
    return {
      network: runName(network.name, hyperparameters.precision),
      "training loss": final.trainLoss,
      "training error %": final.trainError,
      "test error %": final.testError,
      steps: record.stoppedBy === "steps"
        ? hyperparameters.steps
        : `stopped by ${record.stoppedBy}`,
      batch: hyperparameters.batchSize,
      rate: hyperparameters.learningRate,
      seed: record.seed,
      minutes: record.wallTimeSeconds / 60,
      "computed on": `${hardware.device}, ${
        hardware.device.startsWith("GPU")
          ? hardware.gpu
          : withInstructions(hardware.cpu, hardware.instructions)
      }`,
    };
  });
  return table(rows, COLUMNS);
}
