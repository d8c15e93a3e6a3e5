import { join } from "@std/path";

/** TensorFlow's numbers of the data types used here. */
const FLOAT = 1, INT32 = 3, UINT8 = 4, INT64 = 9;

/** Version of graphs that TensorFlow 2.9 writes. */
const PRODUCER = 987;

/** Outputs as (name of an input, whole number to multiply it by). */
interface Signature {
  readonly input: number;
  readonly output: number;
  readonly products: readonly (readonly [string, number])[];
}

/** tfjs-node's test models by name, each as its signatures by name. */
const models: Record<string, Record<string, Signature>> = {
  times_three_float: {
    serving_default: { input: FLOAT, output: FLOAT, products: [["x", 3]] },
  },
  times_two_int: {
    serving_default: { input: INT32, output: INT32, products: [["x", 2]] },
  },
  uint8_multiply: {
    serving_default: { input: UINT8, output: INT32, products: [["x", 6]] },
  },
  int64_multiply: {
    serving_default: { input: INT64, output: INT64, products: [["x", 6]] },
  },
  module_with_multiple_signatures: {
    serving_default: { input: FLOAT, output: FLOAT, products: [["x", 3]] },
    timestwo: { input: FLOAT, output: FLOAT, products: [["x", 2]] },
  },
  model_single_input_multi_output: {
    serving_default: {
      input: INT32,
      output: INT32,
      products: [["x", 2], ["x", 1]],
    },
  },
  model_multi_output: {
    serving_default: {
      input: INT32,
      output: INT32,
      products: [["x", 2], ["y", 1]],
    },
  },
};

/**
 * Writes the models that tfjs-node's tests load, which its package lacks:
 * folders with a `saved_model.pb`.
 */
export function writeSavedModels(folder: string): void {
  for (const [name, signatures] of Object.entries(models)) {
    Deno.mkdirSync(join(folder, name), { recursive: true });
    const file = join(folder, name, "saved_model.pb");
    Deno.writeFileSync(file, Uint8Array.from(savedModel(signatures)));
  }
}

/** Bytes of a protobuf message, or of fields of one, encoded by hand below. */
type Bytes = readonly number[];

function varint(value: number): Bytes {
  return value < 128 ? [value] : [value % 128 + 128, ...varint(value >> 7)];
}

function integer(field: number, value: number): Bytes {
  return [...varint(field << 3), ...varint(value)];
}

function bytes(field: number, ...parts: readonly (string | Bytes)[]): Bytes {
  const body = parts.flatMap((part) =>
    typeof part === "string" ? [...new TextEncoder().encode(part)] : part
  );
  return [...varint(field << 3 | 2), ...varint(body.length), ...body];
}

function entry(field: number, key: string, ...value: Bytes[]): Bytes {
  return bytes(field, bytes(1, key), bytes(2, ...value));
}

/** A `NodeDef` within a `GraphDef`; attributes are `AttrValue`s. */
function node(
  name: string,
  op: string,
  inputs: readonly string[],
  attributes: Readonly<Record<string, Bytes>> = {},
): Bytes {
  return bytes(
    1,
    bytes(1, name),
    bytes(2, op),
    ...inputs.map((input) => bytes(3, input)),
    ...Object.entries(attributes).map(([key, value]) => entry(5, key, value)),
  );
}

/** A type as an attribute's value. */
const type = (dtype: number): Bytes => integer(6, dtype);

/** The nodes of one signature, the last of which gives its outputs. */
function nodes(name: string, call: string, signature: Signature): Bytes[] {
  const { input, output, products } = signature;
  const inputs = new Set(products.map(([input]) => input));
  return [
    ...[...inputs].map((input) =>
      node(`${name}_${input}`, "Placeholder", [], {
        dtype: type(signature.input),
      })
    ),
    ...products.flatMap(([x, factor], i) => [
      node(`${name}/factor_${i}`, "Const", [], {
        dtype: type(INT32),
        value: bytes(8, integer(1, INT32), bytes(2), bytes(7, varint(factor))),
      }),
      node(`${name}/factor_${i}/Cast`, "Cast", [`${name}/factor_${i}`], {
        SrcT: type(INT32),
        DstT: type(output),
      }),
      node(`${name}/input_${i}/Cast`, "Cast", [`${name}_${x}`], {
        SrcT: type(input),
        DstT: type(output),
      }),
      node(`${name}/product_${i}`, "Mul", [
        `${name}/factor_${i}/Cast`,
        `${name}/input_${i}/Cast`,
      ], { T: type(output) }),
    ]),
    node(call, "IdentityN", products.map((_, i) => `${name}/product_${i}`), {
      T: bytes(1, bytes(6, products.map(() => output))),
    }),
  ];
}

/** The fields of a `TensorInfo` of unknown rank. */
function tensorInfo(name: string, dtype: number): Bytes[] {
  return [bytes(1, name), integer(2, dtype), bytes(3, integer(3, 1))];
}

/** A `SavedModel` of one graph without variables. */
function savedModel(signatures: Readonly<Record<string, Signature>>): Bytes {
  // Names as TensorFlow gives them to the calls of signatures' functions.
  const named = Object.entries(signatures).map(([name, signature], i) => {
    const call = `StatefulPartitionedCall${i === 0 ? "" : `_${i}`}`;
    return { name, call, signature };
  });
  const graph = [
    ...named.flatMap(({ name, call, signature }) =>
      nodes(name, call, signature)
    ),
    node("NoOp", "NoOp", []),
    bytes(4, integer(1, PRODUCER)),
  ];
  const signatureDefs = named.map(({ name, call, signature }) =>
    entry(
      5,
      name,
      ...signature.products.map(([x]) =>
        entry(1, x, ...tensorInfo(`${name}_${x}:0`, signature.input))
      ),
      ...signature.products.map((_, i) =>
        entry(2, `output_${i}`, ...tensorInfo(`${call}:${i}`, signature.output))
      ),
      bytes(3, "tensorflow/serving/predict"),
    )
  );
  const initialise = "__saved_model_init_op";
  return [
    ...integer(1, 1),
    ...bytes(
      2,
      bytes(1, bytes(4, "serve")),
      bytes(2, ...graph),
      ...signatureDefs,
      entry(5, initialise, entry(2, initialise, ...tensorInfo("NoOp", 0))),
    ),
  ];
}
