import { type Attribute, typeAttribute } from "./attributes.ts";
import { DataType } from "./data_types.ts";
import { notNull, type Pointer, pointerAt } from "./memory.ts";
import type { Trace } from "./trace.ts";
import type { SymbolicValue, VariableValue } from "./value.ts";

/** What a graph does with one variable. */
interface TracedVariable {
  /** The function's input that names the variable. */
  readonly input: SymbolicValue;
  /** Its values as they are at this point of the traced code. */
  read: SymbolicValue | undefined;
  /** Nodes that read it since it changed last. */
  readers: Pointer[];
  /** The node that changed it last. */
  writer: Pointer | undefined;
}

/**
 * The variables of a graph. TensorFlow orders nodes by their inputs only: that
 * a variable is read before it changes, and changed before it is read again,
 * has to be said by control inputs.
 */
export class TracedVariables {
  readonly #trace: Trace;
  readonly #variables = new Map<VariableValue, TracedVariable>();

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  /** Variables that the graph uses, with the inputs that name them. */
  *entries(): Iterable<
    { variable: VariableValue; input: SymbolicValue; changes: boolean }
  > {
    for (const [variable, { input, writer }] of this.#variables) {
      yield { variable, input, changes: writer !== undefined };
    }
  }

  /** Nodes that have to run though nothing may need their outputs. */
  writers(): Pointer[] {
    return [...this.#variables.values()].flatMap(({ writer }) => writer ?? []);
  }

  /** The values of a variable at this point of the traced code. */
  read(variable: VariableValue): SymbolicValue {
    const state = this.#state(variable);
    if (state.read === undefined) {
      const { shape, dtype } = variable;
      const node = this.#trace.node(
        "ReadVariableOp",
        [typeAttribute("dtype", dtype)],
        [state.input],
        state.writer === undefined ? [] : [state.writer],
      );
      state.read = this.#trace.output(node, "ReadVariableOp", 0, shape);
      state.readers.push(operationOf(state.read));
    }
    return state.read;
  }

  /** Gives a variable new values. */
  assign(variable: VariableValue, value: SymbolicValue): void {
    this.change("AssignVariableOp", [], [variable], [value]);
  }

  /** Adds an op that changes variables in place and has no outputs. */
  change(
    name: string,
    attributes: readonly Attribute[],
    variables: readonly VariableValue[],
    inputs: readonly SymbolicValue[],
  ): void {
    const states = variables.map((variable) => this.#state(variable));
    const before = states.flatMap(({ readers, writer }) =>
      writer === undefined ? readers : [...readers, writer]
    );
    const all = [...states.map(({ input }) => input), ...inputs];
    const node = this.#trace.node(name, attributes, all, before);
    for (const state of states) {
      state.read = undefined;
      state.readers = [];
      state.writer = node;
    }
  }

  #state(variable: VariableValue): TracedVariable {
    const known = this.#variables.get(variable);
    if (known !== undefined) return known;
    const state: TracedVariable = {
      input: this.#trace.placeholder([], DataType.resource),
      read: undefined,
      readers: [],
      writer: undefined,
    };
    this.#variables.set(variable, state);
    return state;
  }
}

/** The node that a value is an output of. */
function operationOf({ output }: SymbolicValue): Pointer {
  const address = new DataView(output.buffer).getBigUint64(0, true);
  return notNull(pointerAt(address), "a node");
}
