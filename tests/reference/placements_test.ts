import { cifarResNet } from "../../lib/networks/cifar.ts";
import type { Network } from "../../lib/networks/layer.ts";
import type { UnitActivation } from "../../lib/networks/residual_unit.ts";
import { testReference } from "./test_reference.ts";

function placed(activation: UnitActivation): () => Network {
  return () => cifarResNet({ depth: 20, activation });
}

// The original one is in cifar_test.ts.
await testReference("placements", {
  "BN after addition": placed("batchNormAfterAddition"),
  "ReLU before addition": placed("reluBeforeAddition"),
  "ReLU-only pre-activation": placed("reluOnlyPreActivation"),
  "full pre-activation": placed("preActivation"),
});
