import type * as tf from "@tensorflow/tfjs";
import type { Attribute } from "./attributes.ts";
import type { TensorFlowBackend } from "./backend.ts";
import { idOf, idOfOwn } from "./variable_scope.ts";

/**
 * Runs an op that changes variables in place, such as `ResourceApplyMomentum`,
 * or adds it to the function being traced.
 *
 * @param variables The op's first inputs.
 * @param inputs Its other inputs.
 * @returns Whether it did: traced code cannot change a variable in place that
 * it has assigned to, or of which it holds a copy.
 */
export function changeVariables(
  backend: TensorFlowBackend,
  name: string,
  attributes: readonly Attribute[],
  variables: readonly tf.Variable[],
  inputs: readonly tf.Tensor[],
): boolean {
  const { engine, kernels } = backend;
  // The scope of the traced function holds one reference besides.
  const free = ({ dataId }: tf.Variable) => kernels.refCount(dataId) === 2;
  if (engine.tracing && !variables.every(free)) return false;
  const own = engine.tracing ? idOf : idOfOwn;
  const ids = variables.map((variable) => own(backend, variable));
  if (engine.tracing && !ids.every((id) => engine.isVariable(id))) return false;
  engine.change(name, attributes, ids, kernels.getInputTensorIds(inputs));
  return true;
}
