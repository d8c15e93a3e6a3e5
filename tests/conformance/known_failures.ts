/**
 * Whether TensorFlow computes convolutions by oneDNN, as it does here on x86-64
 * unless told not to. Where its own kernels refuse dilations, oneDNN has them.
 */
const oneDnn = Deno.build.arch === "x86_64" &&
  Deno.env.get("TF_ENABLE_ONEDNN_OPTS") !== "0";

/**
 * Tests that tfjs-node's own addon fails too with TensorFlow 2.21 on the CPU,
 * by their full names, with the reason. The run fails when another test does,
 * and when one of these starts to pass.
 */
export const knownFailures: Readonly<Record<string, string>> = {
  ...oneDnn
    ? {
      "conv3d dilations CPU should throw error on dilations >1":
        "oneDNN can do what the test expects to be refused",
    }
    : {
      "depthwiseConv2d gradients test-tensorflow {} throws error on dilations > 1":
        "TensorFlow refuses before tfjs does, in other words",
    },
  "round test-tensorflow {} int32":
    "TensorFlow's Round gives zeros for int32 on the CPU",
  "tensorboard SummaryFileWriter.histogram Create summaryFileWriter and write tensor":
    "tfjs-node concatenates scalars, which TensorFlow refuses by now",
  "tensorBoard callback fit(): histogramFreq 2, with validation":
    "tfjs-node concatenates scalars, which TensorFlow refuses by now",
};

/** Tests that do not run, by their full names, with the reason. */
export const leftOut: Readonly<Record<string, string>> = {
  "decode images decode jpeg node bindings do not leak":
    "It allows the process 1 MB of growth, which suits Node.js: Deno's heap settles later, with the addon too",
};
