import * as tf from "@tensorflow/tfjs";
import { averagePool } from "../../lib/ops/average_pool.ts";
import { groupedConvolution } from "../../lib/ops/grouped_convolution.ts";
import { localResponseNorm } from "../../lib/ops/local_response_norm.ts";
import { maxPool } from "../../lib/ops/max_pool.ts";
import { parametricRelu } from "../../lib/ops/parametric_relu.ts";
import { softsign } from "../../lib/ops/softsign.ts";
import { spatialPyramidPool } from "../../lib/ops/spatial_pyramid_pool.ts";
import type { Windows } from "../../lib/ops/windows.ts";
import { testOnEachBackend } from "../on_each_backend.ts";
import { assertClose } from "./assertions.ts";

// Expected values were computed with PyTorch 2.15 by the expressions above them,
// `x` being an image of the shape in brackets, and are listed in the order of
// [height, width, channels]:
//
//   import torch, torch.nn.functional as F
//   def image(h, w, c):
//       values = torch.sin(1.7 * torch.arange(h * w * c, dtype=torch.float64))
//       return values.reshape(1, h, w, c).permute(0, 3, 1, 2).float()

/** The PyTorch code's `image(h, w, c)`. */
function image(height: number, width: number, channels: number): tf.Tensor4D {
  const size = height * width * channels;
  const values = Array.from({ length: size }, (_, i) => Math.sin(1.7 * i));
  return tf.tensor4d(values, [1, height, width, channels]);
}

testOnEachBackend("localResponseNorm() gives PyTorch's values", async () => {
  const x = tf.mul(image(2, 2, 6), 3) as tf.Tensor4D;
  // F.local_response_norm(3 * x, 3, alpha=0.5, beta=0.75, k=2.0)  [2, 2, 6]
  // deno-fmt-ignore
  const expected = [
    0.0, 1.1447397, -0.2342549, -1.0307015, 0.4712949, 0.9733771, -0.8560114,
    -0.6088349, 0.9258145, 0.3711059, -1.0908988, -0.1777505, 1.1678699,
    -0.0984509, -1.1091138, 0.3337499, 0.9564679, -0.6620387, -0.8202559,
    0.8033204, 0.5088042, -1.0043974, -0.2713899, 1.1343341,
  ];
  const y = localResponseNorm(x, { size: 3, alpha: 0.5, beta: 0.75, bias: 2 });
  await assertClose(y, expected, 1e-5);
});

testOnEachBackend("parametricRelu() gives PyTorch's values", async () => {
  const slope = tf.tensor1d([0.25, 0.5, -1]);
  // F.prelu(x, torch.tensor([0.25, 0.5, -1.0]))  [2, 2, 3]
  // deno-fmt-ignore
  const expected = [
    0.0, 0.9916648, 0.2555411, -0.2314537, 0.4941134, 0.7984871, -0.1749687,
    -0.3090686, 0.8591618, 0.3967406, -0.4806987, 0.148999,
  ];
  await assertClose(parametricRelu(image(2, 2, 3), slope), expected, 1e-6);
});

testOnEachBackend(
  "softsign() gives PyTorch's values, and a gradient where |x| is large",
  async () => {
    // F.softsign(3 * x)  [2, 2, 3]
    // deno-fmt-ignore
    const expected = [
    0.0, 0.7484273, -0.4339484, -0.7352707, 0.5971543, 0.7054892, -0.6773803,
    -0.6496651, 0.7204741, 0.5434253, -0.7425462, -0.3089136,
  ];
    await assertClose(softsign(tf.mul(image(2, 2, 3), 3)), expected, 1e-6);
    const far = tf.grad((x) => softsign(x))(tf.tensor1d([-999, 0, 1e5 - 1]));
    await assertClose(
      tf.mul(far, tf.tensor1d([1e6, 1, 1e10])),
      [1, 1, 1],
      1e-5,
    );
  },
);

/** Windows by PyTorch's order of arguments. */
function windows(
  size: number,
  stride: number,
  padding: number,
  ceil: boolean,
): Windows {
  return { size, stride, padding, rounding: ceil ? "ceil" : "floor" };
}

// F.avg_pool2d(x, size, stride, padding, ceil_mode=ceil) and F.max_pool2d of the
// same arguments  [4, 5, 1]
// deno-fmt-ignore
const POOLS: [Windows, mean: number[], largest: number[]][] = [
  [windows(3, 2, 1, false),
    [0.1211419, -0.0720601, 0.0915779, 0.0251719, -0.0168242, 0.0244927],
    [0.9916648, 0.9916648, 0.8591618, 0.8792731, 0.9997929, 0.8591618]],
  [windows(3, 2, 0, true),
    [0.0117773, -0.0144577, 0.0903484, -0.1035521],
    [0.9997929, 0.9997929, 0.9997929, 0.9997929]],
  [windows(2, 2, 1, true),
    [0.0, 0.1840309, -0.1079253, -0.0407276, -0.1168045, 0.0438668, 0.0897646,
      0.0734089, 0.0112418],
    [0.0, 0.9916648, 0.4941134, 0.7984871, 0.9997929, 0.8591618, 0.3590584,
      0.8792731, 0.7733279]],
  [windows(3, 2, 1, true),
    [0.1211419, -0.0720601, 0.0915779, 0.0251719, -0.0168242, 0.0244927,
      0.2063886, -0.0724542, 0.0074945],
    [0.9916648, 0.9916648, 0.8591618, 0.8792731, 0.9997929, 0.8591618,
      0.8792731, 0.8792731, 0.7733279]],
  [windows(3, 3, 1, true),
    [0.1211419, -0.0054975, 0.014215, -0.0690347],
    [0.9916648, 0.8591618, 0.8792731, 0.9997929]],
];

testOnEachBackend(
  "averagePool() and maxPool() give PyTorch's values",
  async () => {
    const x = image(4, 5, 1);
    for (const [windows, mean, largest] of POOLS) {
      await assertClose(averagePool(x, windows), mean, 1e-6);
      await assertClose(maxPool(x, windows), largest, 1e-6);
    }
  },
);

testOnEachBackend(
  "spatialPyramidPool() gives the values of PyTorch's adaptive pooling",
  async () => {
    // torch.cat([F.adaptive_max_pool2d(x, n).permute(0, 2, 3, 1).flatten(1)
    //   for n in [3, 2, 1]], 1)  [5, 4, 2]
    // deno-fmt-ignore
    const expected = [
    0.8591618, 0.9916648, 0.9997929, 0.7984871, 0.9997929, 0.7984871, 0.8792731,
    0.940429, 0.9997929, 0.940429, 0.9997929, 0.9856003, 0.9494039, 0.940429,
    0.9494039, 0.940429, 0.9805895, 0.6496128, 0.8792731, 0.9916648, 0.9997929,
    0.9856003, 0.9494039, 0.940429, 0.9805895, 0.9856003, 0.9997929, 0.9916648,
  ];
    await assertClose(
      spatialPyramidPool(image(5, 4, 2), [3, 2, 1]),
      expected,
      1e-6,
    );
  },
);

testOnEachBackend("groupedConvolution() gives PyTorch's values", async () => {
  const size = 3 * 3 * 2 * 6;
  const values = Array.from({ length: size }, (_, i) => Math.cos(0.9 * i));
  const kernel = tf.tensor4d(values, [3, 3, 2, 6]);
  // k = torch.cos(0.9 * torch.arange(108, dtype=torch.float64))
  // k = k.reshape(3, 3, 2, 6).permute(3, 2, 0, 1).float()
  // F.conv2d(x, k, stride=2, padding=1, groups=2)  [3, 3, 4]
  // deno-fmt-ignore
  const expected = [
    0.082216, 1.046526, 1.2188458, -0.3077001, 0.6728916, 1.1442523, 0.8379796,
    0.1580417, -0.6414989, 0.7057211, 0.2783165, -0.3597127, 0.5507412,
    0.4759667, 0.0409899, 0.7314516, 0.6982283, 0.1365998, -0.4184908,
    -0.9816509, -0.8019173, -0.1332476, -1.0056404, -1.1169845,
  ];
  const settings = { stride: 2, padding: 1, groups: 2 };
  const y = groupedConvolution(image(3, 3, 4), kernel, settings);
  await assertClose(y, expected, 1e-5);
});
