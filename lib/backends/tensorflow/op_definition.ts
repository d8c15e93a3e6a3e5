import { checkStatus, type Library } from "./library.ts";
import { bytesAt, cString, notNull, type Pointer } from "./memory.ts";

/** One argument of an op: a tensor or a list of tensors. */
export interface InputArgument {
  /** Attribute that holds the type, such as `T`. */
  readonly typeAttribute: string | undefined;
  /** Attribute that holds the number of tensors in the list, such as `N`. */
  readonly numberAttribute: string | undefined;
  /** Attribute that holds the types of the tensors in the list. */
  readonly typeListAttribute: string | undefined;
}

/** What TensorFlow says of the arguments of an op (`OpDef.input_arg`). */
export function inputArguments(
  library: Library,
  graph: Pointer,
  op: string,
): InputArgument[] {
  const { symbols, status } = library;
  const buffer = notNull(symbols.TF_NewBuffer(), "a buffer");
  try {
    symbols.TF_GraphGetOpDef(graph, cString(op), buffer, status);
    checkStatus(library, `TensorFlow op ${op}`);
    const inputs = fields(readBuffer(buffer)).filter(({ tag }) => tag === 2);
    return inputs.map(({ bytes }) => inputArgument(bytes));
  } finally {
    symbols.TF_DeleteBuffer(buffer);
  }
}

/** The bytes of a `TF_Buffer { const void* data; size_t length; ... }`. */
export function readBuffer(buffer: Pointer): Uint8Array {
  const view = new Deno.UnsafePointerView(buffer);
  return bytesAt(view.getPointer(0), Number(view.getBigUint64(8))).slice();
}

function inputArgument(message: Uint8Array): InputArgument {
  const text = new Map(
    fields(message).map(({ tag, bytes }) => [tag, decoder.decode(bytes)]),
  );
  return {
    typeAttribute: text.get(4),
    numberAttribute: text.get(5),
    typeListAttribute: text.get(6),
  };
}

const decoder = new TextDecoder();

/**
 * The length-delimited fields of a protobuf message; the others, which nobody
 * here asks for, are skipped.
 */
function fields(message: Uint8Array): { tag: number; bytes: Uint8Array }[] {
  const found: { tag: number; bytes: Uint8Array }[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1;; scale *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = varint();
    const wire = key & 7;
    if (wire === 2) {
      const length = varint();
      found.push({
        tag: Math.floor(key / 8),
        bytes: message.subarray(at, at += length),
      });
    } else if (wire === 0) varint();
    else at += wire === 1 ? 8 : 4;
  }
  return found;
}
