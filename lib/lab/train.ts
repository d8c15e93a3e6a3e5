/**
 * Trains networks and leaves a lab record of each, without a notebook:
 *
 *     deno task train --network plain-20,resnet-20 --preset study --seed 0
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { useBackend } from "../backends/use_backend.ts";
import { type DatasetName, loadDataset } from "../data/load_dataset.ts";
import { cifarPlain, cifarResNet } from "../networks/cifar.ts";
import type { Network } from "../networks/layer.ts";
import { labRun } from "./lab_run.ts";
import { preset } from "../notebook/preset.ts";

const BUILDERS = { plain: cifarPlain, resnet: cifarResNet };

/** The network that a name such as "resnet-56" stands for. */
export function networkByName(name: string, channels: number): Network {
  const [kind = "", depth = ""] = name.toLowerCase().split("-");
  if (!Object.hasOwn(BUILDERS, kind) || depth === "") {
    throw new Error(
      `Expected a network such as plain-20 or resnet-56 but found ${name}`,
    );
  }
  const build = BUILDERS[kind as keyof typeof BUILDERS];
  return build({ depth: Number(depth), channels });
}

async function main(args: string[]): Promise<void> {
  const options = parseArgs(args, {
    string: ["network", "preset", "data", "seed"],
    unknown(argument: string) {
      throw new Error(
        `Expected --network, --preset, --data or --seed but found ${argument}`,
      );
    },
    default: {
      network: "plain-20,plain-56,resnet-20,resnet-56",
      preset: "smoke",
      data: "auto",
      seed: "0",
    },
  });
  const backend = await useBackend();
  const dataset = await loadDataset(options.data as DatasetName);
  console.log(`${dataset.name}: ${dataset.source}`);
  for (const name of options.network.split(",")) {
    const network = networkByName(name, dataset.channels);
    const { path, record, model } = await labRun({
      network,
      dataset,
      preset: preset(options.preset),
      seed: Number(options.seed),
      backend,
      onProgress({ step, steps, seconds, curves }) {
        const { train, test } = curves;
        console.log(
          `${network.name} step ${step} of ${steps}, ${
            seconds.toFixed(0)
          } s: ` +
            `training error ${train.at(-1)?.error.toFixed(1)} %, ` +
            `test error ${test.at(-1)?.error.toFixed(1)} %`,
        );
      },
    });
    model.dispose();
    const { testError } = record.final;
    console.log(`${network.name}: test error ${testError} %, ${path}`);
  }
}

if (import.meta.main) await main(Deno.args);
