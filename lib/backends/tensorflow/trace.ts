import {
  type Attribute,
  AttributeType,
  setAttribute,
  typeAttribute,
} from "./attributes.ts";
import { isLarge, smallKey, uniformValue } from "./constant_values.ts";
import { DataType, describe } from "./data_types.ts";
import { checkStatus, type Library } from "./library.ts";
import {
  addressOf,
  cString,
  int64Array,
  notNull,
  type Pointer,
} from "./memory.ts";
import { OpArguments } from "./op_arguments.ts";
import { newTensor } from "./tensor_data.ts";
import { TracedVariables } from "./traced_variables.ts";
import type { EagerValue, HostValue, SymbolicValue } from "./value.ts";

/** A tensor from outside that traced code used. */
export interface CapturedTensor {
  /** The function's input that stands for it. */
  readonly input: SymbolicValue;
  /** A reference to it that is the trace's own. */
  readonly held: EagerValue;
}

/** The graph of a function while tfjs code is writing it. */
export class Trace {
  /** The graph, `TF_Graph*`. */
  readonly graph: Pointer;
  /** Tensors from outside that the traced code used. */
  readonly captured: Map<EagerValue, CapturedTensor> = new Map();
  /** Variables that the traced code used. */
  readonly variables: TracedVariables = new TracedVariables(this);
  /** Whether an id of a tensor from outside is a variable's. */
  readonly isVariable: (id: number) => boolean;
  readonly #library: Library;
  /** Nodes of constants, by their value, or by what it is if that is small. */
  readonly #constants = new Map<HostValue | string, SymbolicValue>();
  readonly #arguments: OpArguments;
  #nodes = 0;
  #disposed = false;

  constructor(library: Library, isVariable: (id: number) => boolean) {
    this.#library = library;
    this.isVariable = isVariable;
    this.graph = notNull(library.symbols.TF_NewGraph(), "a graph");
    this.#arguments = new OpArguments(library, this.graph);
  }

  /** Number of nodes so far. */
  get size(): number {
    return this.#nodes;
  }

  /** Adds an input of the function. */
  placeholder(shape: readonly number[], dtype: number): SymbolicValue {
    const attributes = [
      typeAttribute("dtype", dtype),
      { name: "shape", type: AttributeType.shape, value: [...shape] },
    ];
    return this.#single("Placeholder", attributes, []);
  }

  /** The input that stands for a tensor from outside. */
  capture(value: EagerValue): SymbolicValue {
    const known = this.captured.get(value);
    if (known !== undefined) return known.input;
    const { symbols, status } = this.#library;
    // A reference of its own: the traced code may free the tensor.
    const handle = symbols.TFE_TensorHandleCopySharingTensor(
      value.handle,
      status,
    );
    checkStatus(this.#library, "Keeping a tensor for a traced function");
    const held = { ...value, handle: notNull(handle, "a tensor handle") };
    const input = this.placeholder(value.shape, value.dtype);
    this.captured.set(value, { input, held });
    return input;
  }

  /**
   * A node that holds values made in JavaScript, or `undefined` if they are too
   * large to be part of a graph.
   */
  constant(value: HostValue): SymbolicValue | undefined {
    const key = smallKey(value) ?? value;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const node = isLarge(value) ? this.#fill(value) : this.#constant(value);
    if (node !== undefined) this.#constants.set(key, node);
    return node;
  }

  /** Adds an op; its type attributes follow from its inputs. */
  execute(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly SymbolicValue[],
    outputs: number,
  ): SymbolicValue[] {
    const node = this.node(name, attributes, inputs);
    return Array.from(
      { length: outputs },
      (_, index) => this.output(node, name, index),
    );
  }

  /** Adds an op that runs after the nodes `before`, whatever its inputs. */
  node(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly SymbolicValue[],
    before: readonly Pointer[] = [],
  ): Pointer {
    const { symbols, status } = this.#library;
    const { lists, inferred } = this.#arguments.of(name);
    const node = this.#newNode(name);
    let next = 0;
    for (const [place, isList] of lists.entries()) {
      if (!isList) {
        const input = inputs[next++];
        if (input !== undefined) symbols.TF_AddInput(node, input.output);
        continue;
      }
      // tfjs-node's kernels have no op with two lists, and none that has
      // anything but single tensors behind its list.
      const singles = lists.length - place - 1;
      const list = inputs.slice(next, inputs.length - singles);
      symbols.TF_AddInputList(node, pack(list), list.length);
      next += list.length;
    }
    before.forEach((other) => symbols.TF_AddControlInput(node, other));
    for (const attribute of attributes) {
      if (inferred.has(attribute.name)) continue;
      setAttribute(this.#library, "TF_SetAttr", node, attribute);
    }
    const operation = symbols.TF_FinishOperation(node, status);
    checkStatus(
      this.#library,
      () => `TensorFlow op ${name}(${inputs.map(describe).join(", ")})`,
    );
    return notNull(operation, "a node");
  }

  /** Passes a value on as an output of its own. */
  identity(value: SymbolicValue): SymbolicValue {
    return this.#single("Identity", [], [value]);
  }

  /**
   * An output of a node.
   *
   * @param known Its shape, if TensorFlow cannot tell.
   */
  output(
    operation: Pointer,
    op: string,
    index: number,
    known?: readonly number[],
  ): SymbolicValue {
    const { symbols, status } = this.#library;
    const output = new Uint8Array(16);
    const view = new DataView(output.buffer);
    view.setBigUint64(0, addressOf(operation), true);
    view.setInt32(8, index, true);
    if (known !== undefined) {
      symbols.TF_GraphSetTensorShape(
        this.graph,
        output,
        int64Array(known),
        known.length,
        status,
      );
      checkStatus(this.#library, `Shape of ${op}`);
    }
    const shape = this.#shapeOf(output, op);
    const dtype = symbols.TF_OperationOutputType(output);
    return { kind: "symbolic", trace: this, output, op, shape, dtype };
  }

  /** Frees the graph. Functions made from it live on. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#library.symbols.TF_DeleteGraph(this.graph);
  }

  /** {@linkcode dispose} on another thread: a deep network's takes a while. */
  async disposeNonblocking(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    await this.#library.symbols.TF_DeleteGraphNonblocking(this.graph);
  }

  #shapeOf(output: Uint8Array<ArrayBuffer>, op: string): number[] {
    const { symbols, status } = this.#library;
    const rank = symbols.TF_GraphGetTensorNumDims(this.graph, output, status);
    // It answers -1 to what is wrong, too.
    if (rank < 0) checkStatus(this.#library, `Shape of ${op}`);
    // Not even the rank is known of what batch normalisation keeps for its own
    // gradient; tfjs code has no use for it.
    if (rank < 0 && op === "FusedBatchNormV3") return [0];
    const sizes = new BigInt64Array(Math.max(rank, 0));
    if (rank > 0) {
      symbols.TF_GraphGetTensorShape(this.graph, output, sizes, rank, status);
      checkStatus(this.#library, `Shape of ${op}`);
    }
    const shape: number[] = [];
    for (const size of sizes) shape.push(Number(size));
    if (rank >= 0 && shape.every((size) => size >= 0)) return shape;
    throw new Error(
      `The shape of ${op}'s output depends on values, which are not known while a function is traced: use ops whose output shapes follow from their inputs' shapes`,
    );
  }

  #single(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly SymbolicValue[],
  ): SymbolicValue {
    const [output] = this.execute(name, attributes, inputs, 1);
    if (output === undefined) throw new Error(`${name} gave no output`);
    return output;
  }

  #newNode(name: string): Pointer {
    const { symbols } = this.#library;
    encoder.encodeInto(`${name}_${this.#nodes++}\0`, label);
    const node = symbols.TF_NewOperation(this.graph, cString(name), label);
    return notNull(node, "a node");
  }

  #constant({ shape, dtype, values }: HostValue): SymbolicValue {
    const { symbols, status } = this.#library;
    const tensor = newTensor(this.#library, shape, dtype, values);
    const node = this.#newNode("Const");
    symbols.TF_SetAttrType(node, cString("dtype"), dtype);
    symbols.TF_SetAttrTensor(node, cString("value"), tensor, status);
    // The node's attribute holds the tensor by value.
    symbols.TF_DeleteTensor(tensor);
    checkStatus(this.#library, "Adding a constant to a graph");
    const operation = symbols.TF_FinishOperation(node, status);
    checkStatus(this.#library, "Adding a constant to a graph");
    return this.output(notNull(operation, "a constant"), "Const", 0);
  }

  #fill({ shape, dtype, values }: HostValue): SymbolicValue | undefined {
    const first = uniformValue(values, dtype);
    if (first === undefined) return undefined;
    const dims = this.#constant({
      kind: "host",
      shape: [shape.length],
      dtype: DataType.int32,
      values: Int32Array.from(shape),
    });
    const value = this.#constant({
      kind: "host",
      shape: [],
      dtype,
      values: first,
    });
    return this.#single("Fill", [], [dims, value]);
  }
}

const encoder = new TextEncoder();

/** A node's name, which TensorFlow copies. No op's name comes near its size. */
const label = new Uint8Array(256);

/** `TF_Output`s one after another, for a C parameter of type `TF_Output*`. */
export function pack(
  values: readonly SymbolicValue[],
): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(16 * values.length);
  values.forEach(({ output }, i) => packed.set(output, 16 * i));
  return packed;
}
