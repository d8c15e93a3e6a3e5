import * as tf from "@tensorflow/tfjs";

/** The values of variables at one time. No value is copied until it changes. */
export interface Snapshot {
  /** Gives the variables the values that they had. */
  restore(): void;
  /** Frees the values. */
  dispose(): void;
}

/** Keeps the values that variables have now. */
export function takeSnapshot(variables: readonly tf.Variable[]): Snapshot {
  const values = variables.map((variable) =>
    tf.tidy(() => tf.keep(variable.clone()))
  );
  return {
    restore() {
      variables.forEach((variable, i) => {
        const value = values[i];
        if (value !== undefined) variable.assign(value);
      });
    },
    dispose: () => tf.dispose(values),
  };
}
