import type {
  Concatenation,
  Gated,
  Layer,
  Residual,
} from "../networks/layer.ts";
import { waysOf } from "../networks/walk.ts";
import { checkUnit } from "./check_unit.ts";
import { type Role, Symbols } from "./symbols.ts";
import {
  atom,
  called,
  type Expression,
  operated,
  productOf,
  scaled,
  sum,
} from "./tex.ts";

/** What equations are made with, and those that `y` stands on. */
interface Context {
  readonly symbols: Symbols;
  readonly definitions: [left: string, right: string][];
  readonly role: Role;
}

/**
 * The equation of a unit in TeX, in the papers' notation: `x` is what it
 * reads, `y` what it gives.
 *
 * - `\mathcal{F}` is what is added to the shortcut (R15 eq. 1), spelled out on
 *   a line of its own.
 * - `W * x` is a convolution. On shortcuts and in gates 1x1 convolutions stand
 *   as the matrices that they are at each pixel: `W_s x` (R15 eq. 2) and
 *   `g(x) = \sigma(W_g x + b_g)` (R16 section 3.1).
 * - `\mathrm{pad}_{32}(x_{\downarrow 2})` is option A (R15 section 3.3): every
 *   second pixel, with channels of zeros up to 32.
 * - `\hat{x}` is what both ways read where a normalisation or an activation
 *   comes before they part; `\odot` multiplies value by value; `[B_1, B_2]`
 *   joins branches along channels.
 *
 * @param unit A layer, such as the `unit` of one of {@linkcode unitsOf}.
 * @returns TeX without dollar signs; where it has several lines, in an
 * `aligned` environment.
 * @throws {TypeError} If it is a network.
 *
 * @example A residual unit of one convolution
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { convolution, residual } from "../networks/layer.ts";
 * import { explain } from "./explain.ts";
 *
 * assertEquals(
 *   explain(residual("unit", [convolution("conv", 16, 3)])),
 *   String.raw`\begin{aligned}
 * y &= \mathcal{F}(x, \{W_i\}) + x \\
 * \mathcal{F}(x, \{W_i\}) &= W_1 * x
 * \end{aligned}`,
 * );
 * ```
 */
export function explain(unit: Layer): string {
  checkUnit(unit);
  const context: Context = {
    symbols: new Symbols(unit),
    definitions: [],
    role: "body",
  };
  const y = expressed(unit, atom("x"), context);
  const lines = [["y", y.tex], ...context.definitions];
  if (lines.length === 1) return `y = ${y.tex}`;
  return [
    "\\begin{aligned}",
    lines.map(([left, right]) => `${left} &= ${right}`).join(" \\\\\n"),
    "\\end{aligned}",
  ].join("\n");
}

function expressedAll(
  layers: readonly Layer[],
  x: Expression,
  context: Context,
): Expression {
  return layers.reduce((x, layer) => expressed(layer, x, context), x);
}

function expressed(layer: Layer, x: Expression, context: Context): Expression {
  switch (layer.kind) {
    case "sequence":
      return expressedAll(layer.layers, x, context);
    case "residual":
      return addedTo(layer, named(x, context), context);
    case "gated":
      return mixed(layer, named(x, context), context);
    case "concatenation":
      return joined(layer, named(x, context), context);
    default:
      return operated(layer, x, () => context.symbols.tensors(context.role));
  }
}

function addedTo(
  { body, shortcut }: Residual,
  x: Expression,
  context: Context,
): Expression {
  const added = residualFunction(body, x, context);
  return sum(added, expressedAll(shortcut, x, inRole("shortcut", context)));
}

function mixed(
  { body, shortcut, gate, gates }: Gated,
  x: Expression,
  context: Context,
): Expression {
  const name = `${context.symbols.gate()}(${x.tex})`;
  const opened = residualFunction(body, x, context);
  define(name, context, () => expressedAll(gate, x, inRole("gate", context)));
  const carried = expressedAll(shortcut, x, inRole("shortcut", context));
  return sum(
    gates === "both" ? productOf(name, opened) : opened,
    productOf(`(1 - ${name})`, carried),
  );
}

function joined(
  { branches }: Concatenation,
  x: Expression,
  context: Context,
): Expression {
  const outputs = branches.map((branch) => {
    if (branch.length === 0) return x;
    const output = called(context.symbols.branch(), x);
    define(output.tex, context, () => expressedAll(branch, x, context));
    return output;
  });
  return atom(`[${outputs.map(({ tex }) => tex).join(",\\, ")}]`);
}

/** `F(x, {W_i})`; a constant that its output is scaled by stands before it. */
function residualFunction(
  body: readonly Layer[],
  x: Expression,
  context: Context,
): Expression {
  const last = body.at(-1);
  if (last === undefined) return x;
  if (last.kind === "scale") {
    return scaled(
      last.factor,
      residualFunction(body.slice(0, -1), x, context),
    );
  }
  const weights = body.some(hasWeights) ? ", \\{W_i\\}" : "";
  const name = `${context.symbols.residualFunction()}(${x.tex}${weights})`;
  define(name, context, () => expressedAll(body, x, context));
  return atom(name);
}

function hasWeights(layer: Layer): boolean {
  return layer.kind === "convolution" || layer.kind === "dense" ||
    waysOf(layer).some(({ layers }) => layers.some(hasWeights));
}

/** An expression as a symbol, defined unless it is one. */
function named(x: Expression, context: Context): Expression {
  if (/^(x(_\w|_\{\d+\})?|\\hat\{x\})$/.test(x.tex)) return x;
  const symbol = context.symbols.state();
  define(symbol, context, () => x);
  return atom(symbol);
}

/** Adds a line; what it needs itself comes after it. */
function define(
  left: string,
  { definitions }: Context,
  right: () => Expression,
): void {
  const line: [string, string] = [left, ""];
  definitions.push(line);
  line[1] = right().tex;
}

/** Layers on a shortcut or in a gate, however deep, have its letter. */
function inRole(role: Role, context: Context): Context {
  return context.role === "body" ? { ...context, role } : context;
}
