import type { Library } from "./library.ts";
import type { Pointer } from "./memory.ts";
import { inputArguments } from "./op_definition.ts";

/** What has to be known of an op's arguments to add it to a graph. */
export interface KnownArguments {
  /** Whether each argument is a list of tensors. */
  readonly lists: readonly boolean[];
  /** Attributes that follow from the inputs. */
  readonly inferred: ReadonlySet<string | undefined>;
}

/** The arguments of a graph's ops, each op asked for once. */
export class OpArguments {
  readonly #library: Library;
  readonly #graph: Pointer;
  readonly #known = new Map<string, KnownArguments>();

  constructor(library: Library, graph: Pointer) {
    this.#library = library;
    this.#graph = graph;
  }

  /** What has to be known of the arguments of `op`. */
  of(op: string): KnownArguments {
    const known = this.#known.get(op);
    if (known !== undefined) return known;
    const found = inputArguments(this.#library, this.#graph, op);
    const described = {
      lists: found.map((argument) =>
        argument.numberAttribute !== undefined ||
        argument.typeListAttribute !== undefined
      ),
      inferred: new Set(found.flatMap((argument) => [
        argument.typeAttribute,
        argument.numberAttribute,
        argument.typeListAttribute,
      ])),
    };
    this.#known.set(op, described);
    return described;
  }
}
