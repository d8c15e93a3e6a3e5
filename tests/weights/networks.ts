import {
  batchNorm,
  convolution,
  dense,
  type Layer,
  type Network,
  relu,
  residual,
  type Sequence,
  sequence,
} from "../../lib/networks/layer.ts";
import { aroundLayers } from "../around_layers.ts";

/** Filters, kernel size and stride of a convolution. */
type Kernel = readonly [filters: number, size: number, stride?: number];

/** A residual unit with the paths that the networks of R15 have. */
export function unit(
  name: string,
  kernels: readonly Kernel[],
  projection?: Kernel,
): Sequence {
  const body = kernels.flatMap(([filters, size, stride = 1], i): Layer[] => [
    ...i > 0 ? [relu(`relu${i}`)] : [],
    convolution(`conv${i + 1}`, filters, size, { stride }),
    batchNorm(`norm${i + 1}`),
  ]);
  const shortcut = projection === undefined ? [] : [
    convolution("projection", projection[0], projection[1], {
      stride: projection[2] ?? 1,
    }),
    batchNorm("projectionNorm"),
  ];
  return sequence(name, [
    residual("", body, shortcut),
    relu(`relu${kernels.length}`),
  ]);
}

/** What write_reference.py calls Residual. */
export function smallResidual(): Network {
  const name = "small residual";
  return aroundLayers({ name, input: [4, 6, 3], filters: 4, classes: 4 }, [
    sequence("stage1", [
      unit("unit1", [[2, 1], [2, 3], [6, 1]], [6, 1]),
      unit("unit2", [[2, 1], [2, 3], [6, 1]]),
    ]),
    sequence("stage2", [unit("unit1", [[5, 3, 2], [5, 3]], [5, 1, 2])]),
  ]);
}

/** A VGG with strides in the place of pooling. */
export function vggLike(
  name: string,
  input: Network["input"],
  stages: readonly (readonly Kernel[])[],
  units: readonly number[],
): Network {
  return {
    name,
    input,
    layers: [
      ...stages.map((kernels, stage) =>
        sequence(
          `stage${stage + 1}`,
          kernels.flatMap(([filters, size, stride = 1], i) => [
            convolution(`conv${i + 1}`, filters, size, { stride, bias: true }),
            relu(`relu${i + 1}`),
          ]),
        )
      ),
      { kind: "flatten", name: "flatten" },
      ...units.flatMap((count, i) => [
        ...i > 0 ? [relu(`relu${i}`)] : [],
        dense(`fc${i + 1}`, count),
      ]),
    ],
  };
}

/** What write_reference.py calls Vgg. */
export function smallVgg(): Network {
  const stages: Kernel[][] = [[[2, 3], [3, 3, 2]], [[4, 3, 2]]];
  return vggLike("small VGG", [8, 4, 3], stages, [5, 6, 4]);
}
