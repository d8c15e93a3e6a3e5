import type { PaperTable } from "./paper_table.ts";

/** A shortcut of {@linkcode R16_TABLE_1}. */
export interface ShortcutRow {
  /** The variant and its setting. */
  readonly name: string;
  readonly variant:
    | "original"
    | "constant scaling"
    | "exclusive gating"
    | "shortcut-only gating"
    | "1x1 convolution"
    | "dropout";
  /** What the shortcut is multiplied by, or what stands on it. */
  readonly onShortcut: string;
  /** What the residual function is multiplied by. */
  readonly onResidual: string;
  /** The gate's bias at the start: one, or all between two. */
  readonly gateBias: number | readonly [from: number, to: number] | null;
  /** Test error in per cent. */
  readonly error: number | "fail";
}

/** A placement of {@linkcode R16_TABLE_2}. */
export interface ActivationRow {
  readonly name: string;
  /** The letter in Fig. 4. */
  readonly figure4: "a" | "b" | "c" | "d" | "e";
  /** Test error of ResNet-110 in per cent. */
  readonly resNet110: number;
  /** Test error of ResNet-164 in per cent. */
  readonly resNet164: number;
}

/** What R16 Table 1 calls a failure: a test error above this, in per cent. */
export const R16_FAIL_ABOVE = 20;

/**
 * R16 Table 1: shortcuts, the same in all units of ResNet-110. The gate `g(x)`
 * is a 1x1 convolution followed by a sigmoid.
 *
 * An error is the median of five runs, as of all that R16 trains on CIFAR
 * (section 3.1).
 */
export const R16_TABLE_1: PaperTable<ShortcutRow> = {
  paper: "R16",
  table: "Table 1",
  title: "Error of ResNet-110 on CIFAR-10's test images, by shortcut",
  columns: {
    name: "case, with its remark",
    variant: "case",
    onShortcut: "on shortcut",
    onResidual: "on F",
    gateBias: "remark: init b_g",
    error: "error (%)",
  },
  rows: [
    row("original", "original", "1", "1", null, 6.61),
    row(
      "constant scaling, plain net",
      "constant scaling",
      "0",
      "1",
      null,
      "fail",
    ),
    row("constant scaling 0.5", "constant scaling", "0.5", "1", null, "fail"),
    row(
      "constant scaling 0.5, frozen gating",
      "constant scaling",
      "0.5",
      "0.5",
      null,
      12.35,
    ),
    row(
      "exclusive gating, b_g = 0 to -5",
      "exclusive gating",
      "1 - g(x)",
      "g(x)",
      [0, -5],
      "fail",
    ),
    row(
      "exclusive gating, b_g = -6",
      "exclusive gating",
      "1 - g(x)",
      "g(x)",
      -6,
      8.7,
    ),
    row(
      "exclusive gating, b_g = -7",
      "exclusive gating",
      "1 - g(x)",
      "g(x)",
      -7,
      9.81,
    ),
    row(
      "shortcut-only gating, b_g = 0",
      "shortcut-only gating",
      "1 - g(x)",
      "1",
      0,
      12.86,
    ),
    row(
      "shortcut-only gating, b_g = -6",
      "shortcut-only gating",
      "1 - g(x)",
      "1",
      -6,
      6.91,
    ),
    row(
      "1x1 convolution",
      "1x1 convolution",
      "1x1 convolution",
      "1",
      null,
      12.22,
    ),
    row("dropout", "dropout", "dropout 0.5", "1", null, "fail"),
  ],
};

/** R16 Table 2: where batch normalisation and ReLU stand in a unit. */
export const R16_TABLE_2: PaperTable<ActivationRow> = {
  paper: "R16",
  table: "Table 2",
  title: "Error on CIFAR-10's test images, by placement of the activation",
  columns: {
    name: "case",
    figure4: "Fig.",
    resNet110: "ResNet-110",
    resNet164: "ResNet-164",
  },
  rows: [
    { name: "original", figure4: "a", resNet110: 6.61, resNet164: 5.93 },
    {
      name: "BN after addition",
      figure4: "b",
      resNet110: 8.17,
      resNet164: 6.5,
    },
    {
      name: "ReLU before addition",
      figure4: "c",
      resNet110: 7.84,
      resNet164: 6.14,
    },
    {
      name: "ReLU-only pre-activation",
      figure4: "d",
      resNet110: 6.71,
      resNet164: 5.91,
    },
    {
      name: "full pre-activation",
      figure4: "e",
      resNet110: 6.37,
      resNet164: 5.46,
    },
  ],
};

function row(
  name: string,
  variant: ShortcutRow["variant"],
  onShortcut: string,
  onResidual: string,
  gateBias: ShortcutRow["gateBias"],
  error: ShortcutRow["error"],
): ShortcutRow {
  return { name, variant, onShortcut, onResidual, gateBias, error };
}
