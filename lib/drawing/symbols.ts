import type { Layer } from "../networks/layer.ts";
import { waysOf } from "../networks/walk.ts";
import type { TensorNames } from "./tex.ts";

/** Where an operation is: beside a shortcut, on it, or in a gate. */
export type Role = "body" | "shortcut" | "gate";

/** What a unit has of each; a symbol has an index only where it needs one. */
interface Counts {
  shortcut: number;
  gate: number;
  gated: number;
  residual: number;
  concatenation: number;
}

/** The symbols of a unit's equations, given out in order. */
export class Symbols {
  readonly #counts: Counts = {
    shortcut: 0,
    gate: 0,
    gated: 0,
    residual: 0,
    concatenation: 0,
  };
  readonly #given = new Map<string, number>();

  /** The symbols that a unit needs. */
  constructor(unit: Layer) {
    this.#count(unit, "body");
  }

  /** `W_1, W_2, ...` of the layers, `W_s` on the shortcut, `W_g` in the gate. */
  tensors(role: Role): TensorNames {
    if (role === "body") {
      const index = this.#next("body");
      return {
        weights: `W_${braced(index)}`,
        bias: `b_${braced(index)}`,
        asMatrix: false,
      };
    }
    const letter = role === "shortcut" ? "s" : "g";
    const index = this.#counts[role] > 1
      ? `${letter},${this.#next(role)}`
      : letter;
    return {
      weights: `W_${braced(index)}`,
      bias: `b_${braced(index)}`,
      asMatrix: true,
    };
  }

  /** `F`, what is added to a shortcut. */
  residualFunction(): string {
    const { residual, gated } = this.#counts;
    return this.#numbered("\\mathcal{F}", residual + gated > 1);
  }

  /** `g`, a gate. */
  gate(): string {
    return this.#numbered("g", this.#counts.gated > 1);
  }

  /** `B_1, B_2, ...`, branches that are joined. */
  branch(): string {
    return this.#numbered("B", true);
  }

  /** What ways read where it is not `x` itself. */
  state(): string {
    const { residual, gated, concatenation } = this.#counts;
    return residual + gated + concatenation > 1
      ? this.#numbered("x", true)
      : "\\hat{x}";
  }

  #numbered(symbol: string, several: boolean): string {
    return several ? `${symbol}_${braced(this.#next(symbol))}` : symbol;
  }

  #next(symbol: string): number {
    const next = (this.#given.get(symbol) ?? 0) + 1;
    this.#given.set(symbol, next);
    return next;
  }

  #count(layer: Layer, role: Role): void {
    const counts = this.#counts;
    switch (layer.kind) {
      case "convolution":
      case "dense":
        if (role !== "body") counts[role]++;
        return;
      case "residual":
      case "gated":
        counts[layer.kind]++;
        layer.body.forEach((inner) => this.#count(inner, role));
        layer.shortcut.forEach((inner) =>
          this.#count(inner, role === "body" ? "shortcut" : role)
        );
        if (layer.kind === "gated") {
          layer.gate.forEach((inner) =>
            this.#count(inner, role === "body" ? "gate" : role)
          );
        }
        return;
      case "concatenation":
        counts.concatenation++;
    }
    for (const { layers } of waysOf(layer)) {
      layers.forEach((inner) => this.#count(inner, role));
    }
  }
}

/** An index as TeX wants it: in braces where it is more than a letter. */
function braced(index: string | number): string {
  const text = String(index);
  return text.length === 1 ? text : `{${text}}`;
}
