import type { Operation } from "../networks/layer.ts";
import type { Shape } from "../networks/shape.ts";

/** An operation in the words of R15 Fig. 3, such as "3x3 conv, 64, /2". */
export function labelOf(layer: Operation): string {
  switch (layer.kind) {
    case "convolution": {
      const { kernelSize: k, filters, stride, groups } = layer;
      const of = groups > 1 ? `, ${groups} groups` : "";
      return `${k}x${k} conv, ${filters}${of}${by(stride)}`;
    }
    case "dense":
      return `fc ${layer.units}`;
    case "batchNorm":
      return "BN";
    case "activation":
      return layer.function === "relu" ? "ReLU" : layer.function;
    case "parametricRelu":
      return "PReLU";
    case "localResponseNorm":
      return "LRN";
    case "maxPool":
      return `${layer.size}x${layer.size} max pool${by(layer.stride)}`;
    case "averagePool":
      return `${layer.size}x${layer.size} avg pool${by(layer.stride)}`;
    case "globalAveragePool":
      return "avg pool";
    case "spatialPyramidPool":
      return `pyramid pool, ${layer.bins.map((n) => `${n}x${n}`).join(" ")}`;
    case "zeroPadShortcut":
      return `zero pad, ${layer.channels}${by(layer.stride)}`;
    case "flatten":
      return "flatten";
    case "dropout":
      return `dropout ${layer.rate}`;
    case "scale":
      return `× ${layer.factor}`;
  }
}

function by(stride: number): string {
  return stride === 1 ? "" : `, /${stride}`;
}

/**
 * How much of a drawing an operation takes up: a box with its label, a thin
 * bar that the key explains, or nothing.
 */
export function weightOf(layer: Operation): "box" | "bar" | "nothing" {
  switch (layer.kind) {
    case "convolution":
    case "dense":
    case "maxPool":
    case "averagePool":
    case "globalAveragePool":
    case "spatialPyramidPool":
    case "zeroPadShortcut":
    case "scale":
      return "box";
    case "batchNorm":
    case "localResponseNorm":
    case "activation":
    case "parametricRelu":
    case "dropout":
      return "bar";
    case "flatten":
      return "nothing";
  }
}

/** Whether an operation counts as a layer in a network's depth. */
export function isWeighted(layer: Operation): boolean {
  return layer.kind === "convolution" || layer.kind === "dense";
}

/** What is drawn alike: convolutions apart, which have their stage's colour. */
export function lookOf(
  layer: Operation,
): "weighted" | "normalisation" | "activation" | "neutral" {
  switch (layer.kind) {
    case "convolution":
    case "dense":
      return "weighted";
    case "batchNorm":
    case "localResponseNorm":
      return "normalisation";
    case "activation":
    case "parametricRelu":
      return "activation";
    default:
      return "neutral";
  }
}

/** A shape in words, such as "32x32x16". */
export function shapeLabel(shape: Shape): string {
  return shape.join("x");
}

/**
 * Height of an image, or height and width where they differ; "1" of features
 * (R15 Fig. 3, "output size").
 */
export function sizeLabel(shape: Shape): string {
  const [height = 1, width = 1] = shape;
  if (shape.length < 3) return "1";
  return height === width ? String(height) : `${height}x${width}`;
}

/** A number of parameters as the papers write it, such as "0.27M". */
export function countLabel(count: number): string {
  return count < 1e5
    ? count.toLocaleString("en")
    : `${Number((count / 1e6).toPrecision(count < 1e6 ? 2 : 3))}M`;
}
