import type { RunRecord } from "../../lib/records/schema.ts";

/** A record that is right, for tests to change. */
export function sampleRecord(): RunRecord {
  return {
    schema: 1,
    id: "cifar10-resnet-20-study-seed0",
    createdAt: "2026-01-02T03:04:05.678Z",
    network: {
      name: "ResNet-20",
      depth: 20,
      parameters: 269_722,
      multiplyAdds: 40_551_808,
      description: "6n+2 layers, n = 3, option A",
    },
    data: {
      name: "CIFAR-10",
      checksum: `sha256:${"0123456789abcdef".repeat(4)}`,
      trainImages: 50_000,
      testImages: 10_000,
      augmentation: "4 pixels of padding, random crop, random flip",
    },
    seed: 0,
    preset: "study",
    hyperparameters: {
      batchSize: 128,
      steps: 2_000,
      learningRate: 0.1,
      schedule: [
        { step: 0, learningRate: 0.1 },
        { step: 1_000, learningRate: 0.01 },
      ],
      momentum: 0.9,
      weightDecay: 1e-4,
      weightDecayOn: "all",
      warmup: { learningRate: 0.01, untilTrainError: 80 },
    },
    hardware: {
      cpu: "a CPU",
      cores: 2,
      memoryBytes: 8 * 2 ** 30,
      gpu: null,
      device: "CPU",
    },
    software: {
      deno: "2.9.6",
      tfjs: "4.22.0",
      backend: "tensorflow",
      engine: "TensorFlow 2.21.0 (traced, no XLA)",
      os: "linux",
    },
    curves: {
      train: [
        { step: 100, loss: 2 / 3, error: 24.5 },
        { step: 200, loss: 0.25, error: 10 },
      ],
      test: [{ step: 200, loss: 0.5, error: 18.25 }],
    },
    final: {
      trainLoss: 0.25,
      trainError: 10,
      testLoss: 0.5,
      testError: 18.25,
      evaluatedOn: "all test images, single view",
    },
    wallTimeSeconds: 1234.56789,
    millisecondsPerStep: 617.283945,
    stoppedBy: "steps",
    notes: ["A sample."],
  };
}
