import { cifarHighway } from "../../lib/networks/cifar_highway.ts";
import { glorotBengio } from "../../lib/networks/glorot_bengio.ts";
import { highway } from "../../lib/networks/highway.ts";
import { testReference } from "./test_reference.ts";

const UNITS = { units: 100 } as const;

await testReference("fully_connected", {
  "highway-10": () => highway({ hiddenLayers: 10 }),
  "convolutional highway-19": () => cifarHighway(),
  "sigmoid-5": () =>
    glorotBengio({ ...UNITS, hiddenLayers: 5, activation: "sigmoid" }),
  "tanh-4": () =>
    glorotBengio({ ...UNITS, hiddenLayers: 4, activation: "tanh" }),
  "softsign-3": () =>
    glorotBengio({ ...UNITS, hiddenLayers: 3, activation: "softsign" }),
  "relu-2": () =>
    glorotBengio({ ...UNITS, hiddenLayers: 2, activation: "relu" }),
});
