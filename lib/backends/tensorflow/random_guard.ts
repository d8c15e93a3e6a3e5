import type * as tf from "@tensorflow/tfjs";
import type { KernelBackend } from "./backend.ts";

/** tfjs's functions that fill a tensor with numbers drawn in JavaScript. */
const DRAWING =
  /\b(randomUniform|randomUniformInt|randomNormal|randomStandardNormal|randomGamma|truncatedNormal|rand)_\b/;

/** Whole numbers that are at most so many are taken for shapes. */
const LONGEST_SHAPE = 4;

/**
 * Makes drawing random numbers in JavaScript an error, until the function that
 * it gives is called: a traced function would repeat the numbers of its trace.
 */
export function forbidRandomNumbers(kernels: KernelBackend): () => void {
  const random = Math.random;
  const bytes = crypto.getRandomValues;
  const write = kernels.write;
  Math.random = () => {
    throw drawn("Math.random");
  };
  crypto.getRandomValues = () => {
    throw drawn("crypto.getRandomValues");
  };
  kernels.write = (values, shape, dtype) => {
    // Ops with a seed of their own do not call Math.random. Single numbers and
    // shapes are many, and a stack is dear: one number that was drawn with a
    // seed goes unseen.
    if (values.length > LONGEST_SHAPE || isFractions(values)) {
      const drawing = new Error().stack?.match(DRAWING);
      if (drawing) throw drawn(`tf.${drawing[1]}`);
    }
    return write.call(kernels, values, shape, dtype);
  };
  return () => {
    Math.random = random;
    crypto.getRandomValues = bytes;
    kernels.write = write;
  };
}

function isFractions(values: tf.BackendValues): boolean {
  return values.length > 1 && values instanceof Float32Array &&
    values.some((value) => !Number.isInteger(value));
}

function drawn(where: string): Error {
  return new Error(
    `Traced code drew random numbers in JavaScript (${where}), which would be the same at every call: draw them outside and pass them as an input`,
  );
}
