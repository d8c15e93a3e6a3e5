/**
 * Describes and builds a network again and again, in a process of its own;
 * prints the times as JSON:
 *
 *     build_worker.ts <layers, 6n + 2> <times>
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import { countMultiplyAdds, depthOf } from "../../lib/networks/count.ts";
import type { Network } from "../../lib/networks/layer.ts";
import { layers } from "../../lib/networks/layers.ts";
import { build } from "../../lib/networks/model.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import type { BuildMeasured } from "./bench_build.ts";

async function main(depth: number, times: number): Promise<void> {
  // Described anew each time: what is known of a network is kept with it.
  const describeMilliseconds = Array.from({ length: times }, () => {
    const network = cifarResNet({ depth });
    return millisecondsOf(() => describe(network));
  });
  const { engine } = await useBackend({ name: "tensorflow", quiet: true });
  tf.tidy(() => tf.ones([8, 8]).matMul(tf.ones([8, 8])).dataSync());
  const buildMilliseconds = Array.from(
    { length: times },
    () =>
      millisecondsOf(() => {
        build(cifarResNet({ depth }), { seed: 0 }).dispose();
      }),
  );
  const measured: BuildMeasured = {
    engine: `${engine} under tfjs ${tf.version_core}`,
    describeMilliseconds,
    buildMilliseconds,
  };
  console.log(JSON.stringify(measured));
}

function describe(network: Network): void {
  layers(network);
  countParameters(network);
  countMultiplyAdds(network);
  depthOf(network);
}

function millisecondsOf(run: () => void): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

if (import.meta.main) {
  const [depth = "", times = ""] = Deno.args;
  await main(Number(depth), Number(times));
}
