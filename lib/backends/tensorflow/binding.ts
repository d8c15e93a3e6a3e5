import type { TFJSBinding } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.d.ts";
import { type Attribute, AttributeType } from "./attributes.ts";
import { DataType } from "./data_types.ts";
import { Engine } from "./engine.ts";
import { openLibrary } from "./library.ts";
import { SavedModels } from "./saved_models.ts";
import type { Values } from "./tensor_data.ts";

export type { TFJSBinding };

/** A tensor as tfjs-node's kernels get it: its id, shape and data type. */
export interface TensorMetadata {
  id: number;
  shape: number[];
  dtype: number;
}

/** Members of tfjs-node's binding that are types in JavaScript's eyes. */
type Binding = Omit<TFJSBinding, "TensorMetadata" | "TFEOpAttr">;

/**
 * The binding that tfjs-node's kernels call, over TensorFlow's C API by FFI
 * instead of a native addon.
 *
 * @param library File of TensorFlow's C library (`libtensorflow_cc.so.2`);
 * found by `deno task setup`'s rules if left out.
 * @throws {Error} If there is no TensorFlow library, or it cannot be opened.
 */
export function createBinding(library?: string): TFJSBinding {
  return bindingOf(new Engine(openLibrary(library)));
}

/** The binding of an engine that is shared with traced functions. */
export function bindingOf(engine: Engine): TFJSBinding {
  const models = new SavedModels(engine);
  const metadata = (id: number): TensorMetadata => {
    const { shape, dtype } = engine.get(id);
    return { id, shape: [...shape], dtype };
  };
  const binding: Binding = {
    createTensor(shape, dtype, values) {
      return engine.create(shape, dtype, values as Values);
    },
    deleteTensor(id) {
      engine.delete(id);
    },
    tensorDataSync(id) {
      // Wider than declared: int64 is read as BigInt64Array, strings as a list.
      return engine.read(id) as Float32Array | Int32Array | Uint8Array;
    },
    executeOp(name, attributes, ids, outputs) {
      checkArguments(name, attributes, ids, outputs);
      return engine.run(name, attributes as Attribute[], ids, outputs)
        .map(metadata);
    },
    loadSavedModel: (directory, tags) => models.load(directory, tags),
    deleteSavedModel: (id) => models.delete(id),
    runSavedModel: (id, inputs, inputNames, outputNames) =>
      models.run(id, inputs, inputNames, outputNames).map(metadata),
    getNumOfSavedModels: () => models.size,
    getNumOfTensors: () => engine.size,
    isUsingGpuDevice: () => engine.context.device.type === "GPU",
    TF_FLOAT: DataType.float32,
    TF_INT32: DataType.int32,
    TF_INT64: DataType.int64,
    TF_BOOL: DataType.bool,
    TF_COMPLEX64: DataType.complex64,
    TF_STRING: DataType.string,
    TF_RESOURCE: DataType.resource,
    TF_UINT8: DataType.uint8,
    TF_ATTR_STRING: AttributeType.string,
    TF_ATTR_INT: AttributeType.int,
    TF_ATTR_FLOAT: AttributeType.float,
    TF_ATTR_BOOL: AttributeType.bool,
    TF_ATTR_TYPE: AttributeType.type,
    TF_ATTR_SHAPE: AttributeType.shape,
    TF_ATTR_RESOURCE: AttributeType.resource,
    TF_Version: engine.library.version,
  };
  return binding as TFJSBinding;
}

/** The kernels are untyped JavaScript: what they pass is checked here. */
function checkArguments(
  name: unknown,
  attributes: unknown,
  ids: unknown,
  outputs: unknown,
): void {
  if (typeof name !== "string") {
    throw new TypeError(`Expected an op's name to be a string, found ${name}`);
  }
  if (!Array.isArray(attributes) || !Array.isArray(ids)) {
    throw new TypeError(`Expected arrays of attributes and inputs for ${name}`);
  }
  if (typeof outputs !== "number") {
    throw new TypeError(`Expected a number of outputs for ${name}`);
  }
}
