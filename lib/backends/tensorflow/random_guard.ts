import type { KernelBackend } from "./backend.ts";

/** tfjs's functions that fill a tensor with numbers drawn in JavaScript. */
const DRAWING =
  /\b(randomUniform|randomUniformInt|randomNormal|randomStandardNormal|randomGamma|truncatedNormal|rand)_\b/;

/** Values that are at most so many are taken for numbers and shapes. */
const LONGEST_SHAPE = 4;

/**
 * Makes drawing random numbers in JavaScript an error, until the function that
 * it gives is called: a traced function would repeat the numbers of its trace.
 */
export function forbidRandomNumbers(kernels: KernelBackend): () => void {
  const random = Math.random;
  const write = kernels.write;
  Math.random = () => {
    throw drawn("Math.random");
  };
  kernels.write = (values, shape, dtype) => {
    // Ops with a seed of their own do not call Math.random. Single numbers and
    // shapes are many, and a stack is dear.
    if (values.length > LONGEST_SHAPE) {
      const drawing = new Error().stack?.match(DRAWING);
      if (drawing) throw drawn(`tf.${drawing[1]}`);
    }
    return write.call(kernels, values, shape, dtype);
  };
  return () => {
    Math.random = random;
    kernels.write = write;
  };
}

function drawn(where: string): Error {
  return new Error(
    `Traced code drew random numbers in JavaScript (${where}), which would be the same at every call: draw them outside and pass them as an input`,
  );
}
