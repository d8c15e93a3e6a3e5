import {
  type Library,
  openLibrary,
} from "../../../lib/backends/tensorflow/library.ts";

/** TensorFlow's library, with what is made and freed through it counted. */
export interface CountingLibrary {
  readonly library: Library;
  /** What has been made and not freed, by kind. */
  alive(): Record<string, number>;
}

/** Which functions make an object of each kind, and which free it. */
const KINDS = {
  tensor: {
    makers: [
      "TF_AllocateTensor",
      "TFE_TensorHandleResolve",
      "TFE_TensorHandleResolveNonblocking",
    ],
    freers: ["TF_DeleteTensor"],
  },
  handle: {
    makers: [
      "TFE_NewTensorHandle",
      "TFE_TensorHandleCopySharingTensor",
      "TFE_TensorHandleCopyToDevice",
    ],
    freers: ["TFE_DeleteTensorHandle"],
  },
  op: { makers: ["TFE_NewOp"], freers: ["TFE_DeleteOp"] },
  status: { makers: ["TF_NewStatus"], freers: ["TF_DeleteStatus"] },
  graph: {
    makers: ["TF_NewGraph"],
    freers: ["TF_DeleteGraph", "TF_DeleteGraphNonblocking"],
  },
  function: {
    makers: ["TF_GraphToFunctionWithControlOutputs"],
    freers: ["TF_DeleteFunction"],
  },
  buffer: { makers: ["TF_NewBuffer"], freers: ["TF_DeleteBuffer"] },
};

/** The calls that give handles as outputs, and the argument that counts them. */
const EXECUTE = ["TFE_Execute", "TFE_ExecuteNonblocking"];

type Call = (...values: unknown[]) => unknown;

/** Opens the library and counts. */
export function countingLibrary(): CountingLibrary {
  const library = openLibrary();
  const alive: Record<string, number> = {};
  const add = (kind: string, count: number) =>
    alive[kind] = (alive[kind] ?? 0) + count;
  const symbols = { ...library.symbols } as unknown as Record<string, Call>;
  const wrap = (
    name: string,
    after: (values: unknown[], result: unknown) => void,
  ) => {
    const call = symbols[name]!;
    symbols[name] = (...values) => {
      const result = call(...values);
      if (result instanceof Promise) {
        return result.then((value) => (after(values, value), value));
      }
      after(values, result);
      return result;
    };
  };
  for (const [kind, { makers, freers }] of Object.entries(KINDS)) {
    for (const name of makers) {
      wrap(name, (_, result) => add(kind, result === null ? 0 : 1));
    }
    for (const name of freers) wrap(name, () => add(kind, -1));
  }
  for (const name of EXECUTE) {
    wrap(name, ([, handles]) => {
      const made = (handles as BigUint64Array).filter((handle) =>
        handle !== 0n
      );
      add("handle", made.length);
    });
  }
  return {
    library: { ...library, symbols: symbols as unknown as Library["symbols"] },
    alive: () => ({ ...alive }),
  };
}
