import type { Activation, Operation } from "../networks/layer.ts";

/** TeX, and what holds its parts together. */
export interface Expression {
  readonly tex: string;
  readonly level: "atom" | "product" | "sum";
}

/** The names of an operation's tensors, such as "W_1" and "b_1". */
export interface TensorNames {
  readonly weights: string;
  readonly bias: string;
  /**
   * Whether a 1x1 convolution is written as the product with a matrix that it
   * is at each pixel, as the papers write it on shortcuts and in gates.
   */
  readonly asMatrix: boolean;
}

/** A symbol, or something in brackets. */
export function atom(tex: string): Expression {
  return { tex, level: "atom" };
}

/** `name(argument)`. */
export function called(name: string, argument: Expression): Expression {
  return atom(`${name}(${argument.tex})`);
}

/** `left + right`. */
export function sum(left: Expression, right: Expression): Expression {
  return { tex: `${left.tex} + ${right.tex}`, level: "sum" };
}

/** An expression as a factor, in brackets if it needs them. */
export function factor({ tex, level }: Expression): string {
  return level === "atom" ? tex : `(${tex})`;
}

/** `number x`. */
export function scaled(by: number, x: Expression): Expression {
  const inner = x.level === "sum" ? `(${x.tex})` : x.tex;
  return { tex: `${by}\\, ${inner}`, level: "product" };
}

/** `left (*) right`, value by value. */
export function productOf(left: string, right: Expression): Expression {
  return { tex: `${left} \\odot ${factor(right)}`, level: "product" };
}

const ACTIVATIONS: Readonly<Record<Activation["function"], string>> = {
  relu: "\\mathrm{ReLU}",
  sigmoid: "\\sigma",
  tanh: "\\tanh",
  softsign: "\\mathrm{softsign}",
};

/** What an operation makes of `x`. */
export function operated(
  layer: Operation,
  x: Expression,
  names: () => TensorNames,
): Expression {
  const call = (name: string, index = "") =>
    called(
      `\\mathrm{${name}}${index === "" ? "" : `_{${index}}`}`,
      x,
    );
  switch (layer.kind) {
    case "convolution": {
      const { weights, bias, asMatrix } = names();
      const times = asMatrix && layer.kernelSize === 1 ? " " : " * ";
      return weighted(`${weights}${times}${factor(x)}`, layer.bias, bias);
    }
    case "dense": {
      const { weights, bias } = names();
      return weighted(`${weights} ${factor(x)}`, layer.bias, bias);
    }
    case "batchNorm":
      return call("BN");
    case "localResponseNorm":
      return call("LRN");
    case "activation":
      return called(ACTIVATIONS[layer.function], x);
    case "parametricRelu":
      return call("PReLU");
    case "maxPool":
      return call("maxpool", windowIndex(layer));
    case "averagePool":
      return call("avgpool", windowIndex(layer));
    case "globalAveragePool":
      return call("avgpool");
    case "spatialPyramidPool":
      return call("SPP", layer.bins.join(","));
    case "zeroPadShortcut":
      return called(
        `\\mathrm{pad}_{${layer.channels}}`,
        layer.stride === 1 ? x : everyPixel(x, layer.stride),
      );
    case "flatten":
      return call("vec");
    case "dropout":
      return call("dropout", String(layer.rate));
    case "scale":
      return scaled(layer.factor, x);
  }
}

/** Every `stride`th pixel; brackets, lest an index has an index. */
function everyPixel({ tex }: Expression, stride: number): Expression {
  const base = tex === "x" || tex === "\\hat{x}" ? tex : `(${tex})`;
  return atom(`${base}_{\\downarrow ${stride}}`);
}

function weighted(product: string, hasBias: boolean, bias: string): Expression {
  return hasBias
    ? { tex: `${product} + ${bias}`, level: "sum" }
    : { tex: product, level: "product" };
}

function windowIndex(
  { size, stride }: { readonly size: number; readonly stride: number },
): string {
  return `${size} \\times ${size}${stride === 1 ? "" : `, /${stride}`}`;
}
