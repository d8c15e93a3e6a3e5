import {
  type Library,
  openLibrary,
} from "../../lib/backends/tensorflow/library.ts";

/** TensorFlow's library, with the bytes counted that cross to it and back. */
export interface CountedCrossings {
  readonly library: Library;
  /** Bytes so far: values made into tensors, and tensors' values read. */
  bytes(): { toTensorFlow: number; fromTensorFlow: number };
}

/**
 * Opens the library and counts. All values that JavaScript hands over go into
 * memory of `TF_AllocateTensor`; all that it reads it asks the size of.
 */
export function countCrossings(): CountedCrossings {
  const library = openLibrary();
  const { symbols } = library;
  const bytes = { toTensorFlow: 0, fromTensorFlow: 0 };
  const counted: Library["symbols"] = {
    ...symbols,
    TF_AllocateTensor(dtype, dims, rank, size) {
      bytes.toTensorFlow += Number(size);
      return symbols.TF_AllocateTensor(dtype, dims, rank, size);
    },
    TF_TensorByteSize(tensor) {
      const size = symbols.TF_TensorByteSize(tensor);
      bytes.fromTensorFlow += Number(size);
      return size;
    },
  };
  return {
    library: { ...library, symbols: counted },
    bytes: () => ({ ...bytes }),
  };
}
