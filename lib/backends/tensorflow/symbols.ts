/**
 * The part of TensorFlow's C API that the library calls, as one table for
 * `Deno.dlopen`. Names, parameters and results are those of the headers
 * `tensorflow/c/c_api.h`, `tf_tensor.h`, `tf_tstring.h` and `eager/c_api.h`.
 *
 * Opaque pointers (`TF_Status*`, `TFE_TensorHandle*`, ...) are `"pointer"`;
 * C strings and arrays that JavaScript owns are `"buffer"`.
 */

/** `TF_Output`: an operation of a graph and the index of one of its outputs. */
const OUTPUT = { struct: ["pointer", "i32", "i32"] } as const;

/** Sets one attribute of an eager op or of a graph node. */
function attribute<const T extends readonly Deno.NativeType[]>(...value: T) {
  return {
    parameters: ["pointer", "buffer", ...value],
    result: "void",
  } as const;
}

function destructor() {
  return { parameters: ["pointer"], result: "void" } as const;
}

/** Symbols of TensorFlow's C API, by name. */
export const SYMBOLS = {
  TF_Version: { parameters: [], result: "pointer" },

  TF_NewStatus: { parameters: [], result: "pointer" },
  TF_DeleteStatus: destructor(),
  TF_SetStatus: { parameters: ["pointer", "i32", "buffer"], result: "void" },
  TF_GetCode: { parameters: ["pointer"], result: "i32" },
  TF_Message: { parameters: ["pointer"], result: "pointer" },

  TF_NewBuffer: { parameters: [], result: "pointer" },
  TF_NewBufferFromString: {
    parameters: ["buffer", "usize"],
    result: "pointer",
  },
  TF_DeleteBuffer: destructor(),

  TF_AllocateTensor: {
    parameters: ["i32", "buffer", "i32", "usize"],
    result: "pointer",
  },
  TF_DeleteTensor: destructor(),
  TF_TensorData: { parameters: ["pointer"], result: "pointer" },
  TF_TensorByteSize: { parameters: ["pointer"], result: "usize" },
  TF_TensorElementCount: { parameters: ["pointer"], result: "i64" },

  TF_StringInit: { parameters: ["pointer"], result: "void" },
  TF_StringDealloc: destructor(),
  TF_StringCopy: { parameters: ["pointer", "buffer", "usize"], result: "void" },
  TF_StringGetDataPointer: { parameters: ["pointer"], result: "pointer" },
  TF_StringGetSize: { parameters: ["pointer"], result: "usize" },

  TFE_NewContextOptions: { parameters: [], result: "pointer" },
  TFE_DeleteContextOptions: destructor(),
  TFE_ContextOptionsSetConfig: {
    parameters: ["pointer", "buffer", "usize", "pointer"],
    result: "void",
  },
  TFE_NewContext: { parameters: ["pointer", "pointer"], result: "pointer" },
  TFE_ContextListDevices: {
    parameters: ["pointer", "pointer"],
    result: "pointer",
  },
  TF_DeleteDeviceList: destructor(),
  TF_DeviceListCount: { parameters: ["pointer"], result: "i32" },
  TF_DeviceListName: {
    parameters: ["pointer", "i32", "pointer"],
    result: "pointer",
  },
  TF_DeviceListType: {
    parameters: ["pointer", "i32", "pointer"],
    result: "pointer",
  },
  TF_DeviceListMemoryBytes: {
    parameters: ["pointer", "i32", "pointer"],
    result: "i64",
  },

  TFE_NewTensorHandle: {
    parameters: ["pointer", "pointer"],
    result: "pointer",
  },
  TFE_DeleteTensorHandle: destructor(),
  TFE_TensorHandleResolve: {
    parameters: ["pointer", "pointer"],
    result: "pointer",
  },
  /** `TFE_TensorHandleResolve` on a thread of its own. */
  TFE_TensorHandleResolveNonblocking: {
    name: "TFE_TensorHandleResolve",
    parameters: ["pointer", "pointer"],
    result: "pointer",
    nonblocking: true,
  },
  TFE_TensorHandleCopySharingTensor: {
    parameters: ["pointer", "pointer"],
    result: "pointer",
  },
  TFE_TensorHandleCopyToDevice: {
    parameters: ["pointer", "pointer", "buffer", "pointer"],
    result: "pointer",
  },
  TFE_TensorHandleDataType: { parameters: ["pointer"], result: "i32" },
  TFE_TensorHandleNumDims: {
    parameters: ["pointer", "pointer"],
    result: "i32",
  },
  TFE_TensorHandleDim: {
    parameters: ["pointer", "i32", "pointer"],
    result: "i64",
  },

  TFE_NewOp: {
    parameters: ["pointer", "buffer", "pointer"],
    result: "pointer",
  },
  TFE_DeleteOp: destructor(),
  TFE_OpAddInput: {
    parameters: ["pointer", "pointer", "pointer"],
    result: "void",
  },
  TFE_OpSetDevice: {
    parameters: ["pointer", "buffer", "pointer"],
    result: "void",
  },
  TFE_OpSetAttrString: attribute("buffer", "usize"),
  TFE_OpSetAttrInt: attribute("i64"),
  TFE_OpSetAttrIntList: attribute("buffer", "i32"),
  TFE_OpSetAttrFloat: attribute("f32"),
  TFE_OpSetAttrFloatList: attribute("buffer", "i32"),
  TFE_OpSetAttrBool: attribute("u8"),
  TFE_OpSetAttrBoolList: attribute("buffer", "i32"),
  TFE_OpSetAttrType: attribute("i32"),
  TFE_OpSetAttrShape: attribute("buffer", "i32", "pointer"),
  TFE_Execute: {
    parameters: ["pointer", "buffer", "buffer", "pointer"],
    result: "void",
  },
  /** `TFE_Execute` on a thread of its own: the event loop goes on meanwhile. */
  TFE_ExecuteNonblocking: {
    name: "TFE_Execute",
    parameters: ["pointer", "buffer", "buffer", "pointer"],
    result: "void",
    nonblocking: true,
  },
  TFE_ContextAddFunction: {
    parameters: ["pointer", "pointer", "pointer"],
    result: "void",
  },
  TFE_ContextRemoveFunction: {
    parameters: ["pointer", "buffer", "pointer"],
    result: "void",
  },

  TF_NewGraph: { parameters: [], result: "pointer" },
  TF_DeleteGraph: destructor(),
  /** `TF_DeleteGraph` on a thread of its own. */
  TF_DeleteGraphNonblocking: {
    name: "TF_DeleteGraph",
    parameters: ["pointer"],
    result: "void",
    nonblocking: true,
  },
  TF_GraphGetOpDef: {
    parameters: ["pointer", "buffer", "pointer", "pointer"],
    result: "void",
  },
  TF_GraphToGraphDef: {
    parameters: ["pointer", "pointer", "pointer"],
    result: "void",
  },
  TF_GraphOperationByName: {
    parameters: ["pointer", "buffer"],
    result: "pointer",
  },
  TF_NewOperation: {
    parameters: ["pointer", "buffer", "buffer"],
    result: "pointer",
  },
  TF_FinishOperation: {
    parameters: ["pointer", "pointer"],
    result: "pointer",
  },
  TF_AddInput: { parameters: ["pointer", OUTPUT], result: "void" },
  TF_AddInputList: {
    parameters: ["pointer", "buffer", "i32"],
    result: "void",
  },
  TF_AddControlInput: { parameters: ["pointer", "pointer"], result: "void" },
  TF_SetAttrString: attribute("buffer", "usize"),
  TF_SetAttrInt: attribute("i64"),
  TF_SetAttrIntList: attribute("buffer", "i32"),
  TF_SetAttrFloat: attribute("f32"),
  TF_SetAttrFloatList: attribute("buffer", "i32"),
  TF_SetAttrBool: attribute("u8"),
  TF_SetAttrBoolList: attribute("buffer", "i32"),
  TF_SetAttrType: attribute("i32"),
  TF_SetAttrShape: attribute("buffer", "i32"),
  TF_SetAttrTensor: attribute("pointer", "pointer"),
  TF_OperationOutputType: { parameters: [OUTPUT], result: "i32" },
  TF_GraphGetTensorNumDims: {
    parameters: ["pointer", OUTPUT, "pointer"],
    result: "i32",
  },
  TF_GraphGetTensorShape: {
    parameters: ["pointer", OUTPUT, "buffer", "i32", "pointer"],
    result: "void",
  },
  TF_GraphSetTensorShape: {
    parameters: ["pointer", OUTPUT, "buffer", "i32", "pointer"],
    result: "void",
  },
  TF_GraphToFunctionWithControlOutputs: {
    parameters: [
      "pointer", // const TF_Graph* fn_body
      "buffer", // const char* fn_name
      "u8", // unsigned char append_hash_to_fn_name
      "i32", // int num_opers
      "pointer", // const TF_Operation* const* opers
      "i32", // int ninputs
      "buffer", // const TF_Output* inputs
      "i32", // int noutputs
      "buffer", // const TF_Output* outputs
      "pointer", // const char* const* output_names
      "i32", // int ncontrol_outputs
      "buffer", // const TF_Operation* const* control_outputs
      "pointer", // const char* const* control_output_names
      "pointer", // const TF_FunctionOptions* opts
      "pointer", // const char* description
      "pointer", // TF_Status* status
    ],
    result: "pointer",
  },
  TF_FunctionSetAttrValueProto: {
    parameters: ["pointer", "buffer", "buffer", "usize", "pointer"],
    result: "void",
  },
  TF_DeleteFunction: destructor(),

  TF_NewSessionOptions: { parameters: [], result: "pointer" },
  TF_DeleteSessionOptions: destructor(),
  TF_LoadSessionFromSavedModel: {
    parameters: [
      "pointer", // const TF_SessionOptions* session_options
      "pointer", // const TF_Buffer* run_options
      "buffer", // const char* export_dir
      "buffer", // const char* const* tags
      "i32", // int tags_len
      "pointer", // TF_Graph* graph
      "pointer", // TF_Buffer* meta_graph_def
      "pointer", // TF_Status* status
    ],
    result: "pointer",
  },
  TF_DeleteSession: { parameters: ["pointer", "pointer"], result: "void" },
  TF_SessionRun: {
    parameters: [
      "pointer", // TF_Session* session
      "pointer", // const TF_Buffer* run_options
      "buffer", // const TF_Output* inputs
      "buffer", // TF_Tensor* const* input_values
      "i32", // int ninputs
      "buffer", // const TF_Output* outputs
      "buffer", // TF_Tensor** output_values
      "i32", // int noutputs
      "pointer", // const TF_Operation* const* target_opers
      "i32", // int ntargets
      "pointer", // TF_Buffer* run_metadata
      "pointer", // TF_Status* status
    ],
    result: "void",
  },
} as const satisfies Deno.ForeignLibraryInterface;

/** The functions of an opened TensorFlow library. */
export type Symbols = Deno.DynamicLibrary<typeof SYMBOLS>["symbols"];
