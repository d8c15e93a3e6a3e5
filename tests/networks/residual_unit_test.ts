import { assertEquals } from "@std/assert";
import { cifarResNet } from "../../lib/networks/cifar.ts";
import type { Network } from "../../lib/networks/layer.ts";
import {
  basicConvolutions,
  bottleneckConvolutions,
  residualUnit,
  singleConvolution,
  type UnitActivation,
} from "../../lib/networks/residual_unit.ts";
import { operations } from "../../lib/networks/walk.ts";
import { outline } from "./outline.ts";

/** What R16 Fig. 4 and Table 2 show, read off by hand, for 16 channels. */
const FIGURE_4: Record<UnitActivation, { basic: string; bottleneck: string }> =
  {
    original: {
      basic: "(3x3,16 BN ReLU 3x3,16 BN + x) ReLU",
      bottleneck: "(1x1,4 BN ReLU 3x3,4 BN ReLU 1x1,16 BN + x) ReLU",
    },
    batchNormAfterAddition: {
      basic: "(3x3,16 BN ReLU 3x3,16 + x) BN ReLU",
      bottleneck: "(1x1,4 BN ReLU 3x3,4 BN ReLU 1x1,16 + x) BN ReLU",
    },
    reluBeforeAddition: {
      basic: "(3x3,16 BN ReLU 3x3,16 BN ReLU + x)",
      bottleneck: "(1x1,4 BN ReLU 3x3,4 BN ReLU 1x1,16 BN ReLU + x)",
    },
    reluOnlyPreActivation: {
      basic: "(ReLU 3x3,16 BN ReLU 3x3,16 BN + x)",
      bottleneck: "(ReLU 1x1,4 BN ReLU 3x3,4 BN ReLU 1x1,16 BN + x)",
    },
    preActivation: {
      basic: "(BN ReLU 3x3,16 BN ReLU 3x3,16 + x)",
      bottleneck: "(BN ReLU 1x1,4 BN ReLU 3x3,4 BN ReLU 1x1,16 + x)",
    },
  };

const ACTIVATIONS = Object.keys(FIGURE_4) as UnitActivation[];

for (const activation of ACTIVATIONS) {
  Deno.test(`residualUnit() is R16 Fig. 4: ${activation}`, () => {
    const options = { channels: 16, shortcut: "A", activation } as const;
    const unit = (convolutions: ReturnType<typeof basicConvolutions>) =>
      outline([residualUnit("unit", { ...options, convolutions })]);
    const { basic, bottleneck } = FIGURE_4[activation];
    assertEquals(unit(basicConvolutions(16, 1)), basic);
    assertEquals(unit(bottleneckConvolutions(16, 1)), bottleneck);
  });
}

/** A unit that goes from 16 to 32 channels at stride 2, and the first unit. */
const SPECIAL: Record<
  UnitActivation,
  { padded: string; projected: string; first: string; closing: string }
> = {
  original: {
    padded: "(3x3,32/2 BN ReLU 3x3,32 BN + pad,32/2) ReLU",
    projected: "(3x3,32/2 BN ReLU 3x3,32 BN + 1x1,32/2 BN) ReLU",
    first: "3x3,16 BN ReLU (3x3,16 BN ReLU 3x3,16 BN + x) ReLU",
    closing: "(3x3,64 BN ReLU 3x3,64 BN + x) ReLU pool fc,10",
  },
  batchNormAfterAddition: {
    padded: "(3x3,32/2 BN ReLU 3x3,32 + pad,32/2) BN ReLU",
    projected: "(3x3,32/2 BN ReLU 3x3,32 + 1x1,32/2) BN ReLU",
    first: "3x3,16 BN ReLU (3x3,16 BN ReLU 3x3,16 + x) BN ReLU",
    closing: "(3x3,64 BN ReLU 3x3,64 + x) BN ReLU pool fc,10",
  },
  reluBeforeAddition: {
    padded: "(3x3,32/2 BN ReLU 3x3,32 BN ReLU + pad,32/2)",
    projected: "(3x3,32/2 BN ReLU 3x3,32 BN ReLU + 1x1,32/2 BN)",
    first: "3x3,16 BN ReLU (3x3,16 BN ReLU 3x3,16 BN ReLU + x)",
    closing: "(3x3,64 BN ReLU 3x3,64 BN ReLU + x) pool fc,10",
  },
  reluOnlyPreActivation: {
    padded: "ReLU (3x3,32/2 BN ReLU 3x3,32 BN + pad,32/2)",
    projected: "ReLU (3x3,32/2 BN ReLU 3x3,32 BN + 1x1,32/2 BN)",
    first: "3x3,16 BN ReLU (3x3,16 BN ReLU 3x3,16 BN + x)",
    closing: "(ReLU 3x3,64 BN ReLU 3x3,64 BN + x) ReLU pool fc,10",
  },
  preActivation: {
    padded: "BN ReLU (3x3,32/2 BN ReLU 3x3,32 + pad,32/2)",
    projected: "BN ReLU (3x3,32/2 BN ReLU 3x3,32 + 1x1,32/2)",
    first: "3x3,16 BN ReLU (3x3,16 BN ReLU 3x3,16 + x)",
    closing: "(BN ReLU 3x3,64 BN ReLU 3x3,64 + x) BN ReLU pool fc,10",
  },
};

for (const activation of ACTIVATIONS) {
  Deno.test(`special cases of the first and last unit, and of dimensions that change: ${activation}`, () => {
    const { padded, projected, first, closing } = SPECIAL[activation];
    const unit = (shortcut: "A" | "B" | "C") =>
      outline([
        residualUnit("unit", {
          convolutions: basicConvolutions(32, 2),
          channels: 16,
          shortcut,
          activation,
        }),
      ]);
    assertEquals(unit("A"), padded);
    assertEquals(unit("B"), projected);
    assertEquals(unit("C"), projected);
    const all = outline(cifarResNet({ depth: 14, activation }).layers);
    assertEquals(all.slice(0, first.length + 1), `${first} `);
    assertEquals(all.slice(-closing.length - 1), ` ${closing}`);
  });
}

Deno.test("option C has a convolution on each shortcut, reading what the body reads", () => {
  const unit = (activation: UnitActivation) =>
    outline([
      residualUnit("unit", {
        convolutions: singleConvolution(16, 1),
        channels: 16,
        shortcut: "C",
        activation,
      }),
    ]);
  assertEquals(unit("original"), "(3x3,16 BN + 1x1,16 BN) ReLU");
  assertEquals(unit("preActivation"), "BN ReLU (3x3,16 + 1x1,16)");
});

Deno.test("a pre-activation unit whose input is activated starts with its convolution", () => {
  const unit = (channels: number) =>
    outline([
      residualUnit("unit", {
        convolutions: bottleneckConvolutions(64, 1),
        channels,
        shortcut: "B",
        activation: "preActivation",
        activated: true,
      }),
    ]);
  assertEquals(
    unit(16),
    "(1x1,16 BN ReLU 3x3,16 BN ReLU 1x1,64 + 1x1,64)",
  );
  assertEquals(unit(64), "(1x1,16 BN ReLU 3x3,16 BN ReLU 1x1,64 + x)");
});

Deno.test("bottleneckConvolutions() puts the stride where it is told", () => {
  const unit = (strideOn?: "1x1" | "3x3") =>
    outline([
      residualUnit("unit", {
        convolutions: bottleneckConvolutions(64, 2, strideOn),
        channels: 32,
        shortcut: "B",
        activation: "original",
      }),
    ]);
  const paper =
    "(1x1,16/2 BN ReLU 3x3,16 BN ReLU 1x1,64 BN + 1x1,64/2 BN) ReLU";
  assertEquals(unit(), paper);
  assertEquals(unit("1x1"), paper);
  assertEquals(
    unit("3x3"),
    "(1x1,16 BN ReLU 3x3,16/2 BN ReLU 1x1,64 BN + 1x1,64/2 BN) ReLU",
  );
});

Deno.test("layers of a unit are named by kind and number", () => {
  const network: Network = {
    name: "unit",
    input: [8, 8, 16],
    layers: [
      residualUnit("unit1", {
        convolutions: basicConvolutions(32, 2),
        channels: 16,
        shortcut: "B",
        activation: "original",
      }),
      residualUnit("unit2", {
        convolutions: basicConvolutions(64, 2),
        channels: 32,
        shortcut: "A",
        activation: "preActivation",
      }),
    ],
  };
  assertEquals(
    operations(network).map(({ path, onShortcut }) =>
      onShortcut ? `(${path})` : path
    ),
    [
      "unit1/conv1",
      "unit1/norm1",
      "unit1/relu1",
      "unit1/conv2",
      "unit1/norm2",
      "(unit1/projection)",
      "(unit1/projectionNorm)",
      "unit1/relu2",
      "unit2/norm1",
      "unit2/relu1",
      "unit2/conv1",
      "unit2/norm2",
      "unit2/relu2",
      "unit2/conv2",
      "(unit2/shortcut)",
    ],
  );
});
