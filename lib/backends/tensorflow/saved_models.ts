import { describe } from "./data_types.ts";
import { wrapHandle } from "./eager.ts";
import type { Engine } from "./engine.ts";
import { checkStatus, type Library } from "./library.ts";
import {
  addressOf,
  cString,
  notNull,
  type Pointer,
  pointerAt,
} from "./memory.ts";

interface SavedModel {
  readonly session: Pointer;
  readonly graph: Pointer;
}

/** Models that TensorFlow loaded from disk, by id. */
export class SavedModels {
  readonly #engine: Engine;
  readonly #models = new Map<number, SavedModel>();
  #nextId = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Number of models loaded. */
  get size(): number {
    return this.#models.size;
  }

  /**
   * Loads a model and gives its id.
   *
   * @param directory Folder of the model.
   * @param tags Tags of the graph to load, separated by commas.
   * @throws {Error} If there is no such model.
   */
  load(directory: string, tags: string): number {
    const library = this.#engine.library;
    const { symbols, status } = library;
    const options = symbols.TF_NewSessionOptions();
    const runOptions = symbols.TF_NewBufferFromString(new Uint8Array(1), 0n);
    const meta = symbols.TF_NewBuffer();
    const graph = notNull(symbols.TF_NewGraph(), "a graph");
    const names = split(tags).map(cString);
    const session = symbols.TF_LoadSessionFromSavedModel(
      options,
      runOptions,
      cString(directory),
      addresses(names.map((name) => Deno.UnsafePointer.of(name))),
      names.length,
      graph,
      meta,
      status,
    );
    symbols.TF_DeleteSessionOptions(options);
    symbols.TF_DeleteBuffer(runOptions);
    symbols.TF_DeleteBuffer(meta);
    try {
      checkStatus(library, "Failed to load SavedModel");
    } catch (error) {
      symbols.TF_DeleteGraph(graph);
      throw error;
    }
    this.#models.set(this.#nextId, {
      session: notNull(session, "a session"),
      graph,
    });
    return this.#nextId++;
  }

  /** Frees a model. */
  delete(id: number): void {
    const model = this.#models.get(id);
    if (model === undefined) {
      throw new Error(
        `Delete called on a SavedModel not found (savedmodel_id: ${id})`,
      );
    }
    const library = this.#engine.library;
    library.symbols.TF_DeleteSession(model.session, library.status);
    checkStatus(library, "Failed to delete SavedModel");
    library.symbols.TF_DeleteGraph(model.graph);
    this.#models.delete(id);
  }

  /**
   * Runs a model and gives the ids of its outputs.
   *
   * @param inputNames Names such as "serving_default_x:0", separated by commas.
   * @throws {Error} If a name or an input is not found, or the model fails.
   */
  run(
    id: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): number[] {
    const model = this.#models.get(id);
    if (model === undefined) {
      throw new Error(`SavedModel ID not found (savedmodel_id: ${id})`);
    }
    const names = split(inputNames);
    if (names.length !== inputs.length) {
      throw new Error(
        `Length of input op names (${names.length}) does not match the length of input tensors (${inputs.length}).`,
      );
    }
    const { library } = this.#engine;
    const { symbols, status } = library;
    const inputOps = outputsOf(library, model, names, "Input");
    const outputs = split(outputNames);
    const outputOps = outputsOf(library, model, outputs, "Output");
    const values = inputs.map((input) => this.#engine.eager(input));
    const tensors = values.map(({ handle }) => {
      const tensor = symbols.TFE_TensorHandleResolve(handle, status);
      checkStatus(library, "Reading an input of a SavedModel");
      return tensor;
    });
    const results = new BigUint64Array(outputs.length);
    symbols.TF_SessionRun(
      model.session,
      null,
      inputOps,
      addresses(tensors),
      tensors.length,
      outputOps,
      results,
      outputs.length,
      null,
      0,
      null,
      status,
    );
    tensors.forEach((tensor) => symbols.TF_DeleteTensor(tensor));
    checkStatus(
      library,
      () =>
        `Session fail to run with error: inputs ${
          values.map(describe).join(", ")
        }`,
    );
    return Array.from(results, (address) => {
      const tensor = pointerAt(address);
      const handle = symbols.TFE_NewTensorHandle(tensor, status);
      symbols.TF_DeleteTensor(tensor);
      checkStatus(library, "Reading an output of a SavedModel");
      return this.#engine.put(wrapHandle(library, notNull(handle, "a tensor")));
    });
  }
}

function split(names: string): string[] {
  return names.split(",").filter((name) => name !== "");
}

function addresses(
  pointers: readonly Deno.PointerValue[],
): BigUint64Array<ArrayBuffer> {
  return BigUint64Array.from(pointers, addressOf);
}

/** `TF_Output`s of names such as "StatefulPartitionedCall:1". */
function outputsOf(
  { symbols }: Library,
  { graph }: SavedModel,
  names: readonly string[],
  what: "Input" | "Output",
): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(16 * names.length);
  const view = new DataView(packed.buffer);
  names.forEach((name, i) => {
    const [op = "", index = ""] = name.split(":");
    const operation = symbols.TF_GraphOperationByName(graph, cString(op));
    if (operation === null) {
      throw new Error(`${what} op name can not be found in the graph.`);
    }
    view.setBigUint64(16 * i, addressOf(operation), true);
    view.setInt32(16 * i + 8, index === "" ? 0 : Number(index), true);
  });
  return packed;
}
