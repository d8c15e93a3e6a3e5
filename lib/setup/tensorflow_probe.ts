/**
 * Opens TensorFlow's library and asks for its version and its devices. The
 * doctor runs this file as a program of its own, so that a library that does
 * not fit this processor ends it, and not the doctor.
 *
 * @module
 */
import { keepLoaded } from "../backends/tensorflow/c_library.ts";
import { findTensorFlowLibrary } from "./tensorflow_library.ts";

/** What TensorFlow says of itself. */
export interface TensorFlowAnswer {
  /** Its version, such as "2.21.0". */
  readonly version: string;
  /** Its devices, such as "CPU" and "GPU", in its own order. */
  readonly devices: readonly string[];
}

const SYMBOLS = {
  TF_Version: { parameters: [], result: "pointer" },
  TF_NewStatus: { parameters: [], result: "pointer" },
  TF_GetCode: { parameters: ["pointer"], result: "i32" },
  TF_Message: { parameters: ["pointer"], result: "pointer" },
  TFE_NewContextOptions: { parameters: [], result: "pointer" },
  TFE_NewContext: { parameters: ["pointer", "pointer"], result: "pointer" },
  TFE_ContextListDevices: {
    parameters: ["pointer", "pointer"],
    result: "pointer",
  },
  TF_DeviceListCount: { parameters: ["pointer"], result: "i32" },
  TF_DeviceListType: {
    parameters: ["pointer", "i32", "pointer"],
    result: "pointer",
  },
} as const satisfies Deno.ForeignLibraryInterface;

/**
 * Opens a TensorFlow library and asks it. What it opens stays until the
 * process ends.
 *
 * @param cc Path of the library that holds the C API
 * @param framework Path of the library that `cc` needs
 */
export function askTensorFlow(cc: string, framework: string): TensorFlowAnswer {
  // All GPU memory would be taken otherwise, also from a notebook that runs.
  Deno.env.set("TF_FORCE_GPU_ALLOW_GROWTH", "true");
  Deno.dlopen(framework, {}); // first, since cc does not say where it is
  keepLoaded(framework);
  const { symbols: tf } = Deno.dlopen(cc, SYMBOLS);
  keepLoaded(cc);
  const status = tf.TF_NewStatus();
  const context = tf.TFE_NewContext(tf.TFE_NewContextOptions(), status);
  const list = context === null
    ? null
    : tf.TFE_ContextListDevices(context, status);
  if (tf.TF_GetCode(status) !== 0) {
    throw new Error(textAt(tf.TF_Message(status)));
  }
  const devices = Array.from(
    { length: tf.TF_DeviceListCount(list) },
    (_, i) => textAt(tf.TF_DeviceListType(list, i, status)),
  );
  return { version: textAt(tf.TF_Version()), devices };
}

function textAt(pointer: Deno.PointerValue): string {
  return pointer === null ? "" : Deno.UnsafePointerView.getCString(pointer);
}

if (import.meta.main) {
  const library = findTensorFlowLibrary();
  if (library === undefined) throw new Error("Expected a library to ask");
  const answer = askTensorFlow(library.cc, library.framework);
  console.log(JSON.stringify(answer));
}
