import { dense, dropout, type Layer, relu } from "./layer.ts";

/** Options of {@linkcode fullyConnected}. */
export interface FullyConnectedOptions {
  readonly classes: number;
  /** Makes the activations. Default {@linkcode relu}. */
  readonly activation?: (name: string) => Layer;
  /** What the hidden layers' biases start from. Default 0. */
  readonly initialBias?: number;
}

/**
 * The end of the ImageNet networks before ResNets: two fully connected layers of
 * 4096 features, "fc1" and "fc2", each with an activation and dropout 0.5
 * (Krizhevsky et al. 2012, section 3.5), and the classifier "fc3".
 */
export function fullyConnected(
  { classes, activation = relu, initialBias = 0 }: FullyConnectedOptions,
): Layer[] {
  const hidden = ["fc1", "fc2"].flatMap((name) => [
    dense(name, 4096, { initialBias }),
    activation(`${name}Relu`),
    dropout(`${name}Dropout`, 0.5),
  ]);
  return [...hidden, dense("fc3", classes)];
}
