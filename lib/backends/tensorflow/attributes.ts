import { checkStatus, type Library } from "./library.ts";
import { cString, int64Array, type Pointer } from "./memory.ts";

/** Kinds of attribute (`TF_AttrType`). */
export const AttributeType = {
  string: 0,
  int: 1,
  float: 2,
  bool: 3,
  type: 4,
  shape: 5,
  resource: 9,
} as const;

/** An attribute of an op, as tfjs-node's kernels write it. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** Makes an attribute that holds a data type, such as `T`. */
export function typeAttribute(name: string, value: number): Attribute {
  return { name, type: AttributeType.type, value };
}

/** Makes an attribute that holds a text, such as `data_format`. */
export function stringAttribute(
  name: string,
  value: string | Uint8Array,
): Attribute {
  return { name, type: AttributeType.string, value };
}

/** Makes an attribute that holds an integer or a list of them. */
export function intAttribute(
  name: string,
  value: number | readonly number[],
): Attribute {
  return { name, type: AttributeType.int, value };
}

/** Makes an attribute that holds a number, such as `epsilon`. */
export function floatAttribute(name: string, value: number): Attribute {
  return { name, type: AttributeType.float, value };
}

/** Makes an attribute that is true or false. */
export function boolAttribute(name: string, value: boolean): Attribute {
  return { name, type: AttributeType.bool, value };
}

/**
 * Sets an attribute of an eager op (`TFE_Op`) or of a node that is being added
 * to a graph (`TF_OperationDescription`).
 *
 * @throws {TypeError} If the attribute's value does not fit its type.
 */
export function setAttribute(
  library: Library,
  target: "TFE_OpSetAttr" | "TF_SetAttr",
  op: Pointer,
  attribute: Attribute,
): void {
  const { symbols, status } = library;
  const { value, type } = attribute;
  const name = cString(attribute.name);
  switch (type) {
    case AttributeType.string: {
      const [bytes, length] = bytesOf(attribute);
      symbols[`${target}String`](op, name, bytes, BigInt(length));
      break;
    }
    case AttributeType.int:
      if (Array.isArray(value)) {
        const list = int64Array(numbersOf(attribute).map(truncate));
        symbols[`${target}IntList`](op, name, list, list.length);
      } else {
        const integer = BigInt(truncate(numberOf(attribute)));
        symbols[`${target}Int`](op, name, integer);
      }
      break;
    case AttributeType.float:
      if (Array.isArray(value)) {
        const list = Float32Array.from(numbersOf(attribute));
        symbols[`${target}FloatList`](op, name, list, list.length);
      } else symbols[`${target}Float`](op, name, numberOf(attribute));
      break;
    case AttributeType.bool:
      if (Array.isArray(value)) {
        const list = Uint8Array.from(value, (v) => booleanOf(attribute, v));
        symbols[`${target}BoolList`](op, name, list, list.length);
      } else symbols[`${target}Bool`](op, name, booleanOf(attribute, value));
      break;
    case AttributeType.type:
      symbols[`${target}Type`](op, name, numberOf(attribute));
      break;
    case AttributeType.shape: {
      const dims = int64Array(numbersOf(attribute));
      if (target === "TF_SetAttr") {
        symbols.TF_SetAttrShape(op, name, dims, dims.length);
      } else {
        symbols.TFE_OpSetAttrShape(op, name, dims, dims.length, status);
        checkStatus(library, `Attribute ${attribute.name}`);
      }
      break;
    }
    default:
      throw misfit(attribute, "a value of a type that tfjs's kernels use");
  }
}

/** tfjs draws seeds as fractions; TensorFlow's addon cuts them off. */
function truncate(value: number): number {
  return Number.isNaN(value) ? 0 : Math.trunc(value);
}

function bytesOf(attribute: Attribute): [Uint8Array<ArrayBuffer>, number] {
  const { value } = attribute;
  if (value instanceof Uint8Array) {
    return [Uint8Array.from(value), value.length];
  }
  if (typeof value === "string") {
    const bytes = cString(value);
    return [bytes, bytes.length - 1];
  }
  throw misfit(attribute, "a string");
}

function numberOf(attribute: Attribute): number {
  if (typeof attribute.value === "number") return attribute.value;
  throw misfit(attribute, "a number");
}

function numbersOf(attribute: Attribute): number[] {
  const { value } = attribute;
  if (Array.isArray(value) && value.every((v) => typeof v === "number")) {
    return value;
  }
  throw misfit(attribute, "a list of numbers");
}

function booleanOf(attribute: Attribute, value: unknown): 0 | 1 {
  if (typeof value === "boolean") return value ? 1 : 0;
  throw misfit(attribute, "a boolean");
}

function misfit({ name, type, value }: Attribute, expected: string): Error {
  return new TypeError(
    `Expected attribute ${name} (type ${type}) to hold ${expected} but found ${
      JSON.stringify(value)
    }`,
  );
}
