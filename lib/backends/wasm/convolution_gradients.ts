import * as tf from "@tensorflow/tfjs";
import { placePixels } from "./place_pixels.ts";
import { type KernelArguments, replaceKernel } from "./replace_kernel.ts";
import { spreadPixels } from "./spread_pixels.ts";

/**
 * Gives tfjs's WebAssembly backend the gradients of convolutions: by the kernel,
 * which it has not, and by the images, of which its own takes two to nine times
 * as long. Both are convolutions themselves, and these it computes well.
 */
export function registerConvolutionGradients(): void {
  replaceKernel("Conv2DBackpropFilter", gradientByKernel);
  replaceKernel("Conv2DBackpropInput", gradientByImages);
}

/**
 * By the kernel's value at (a, b) from channel c to channel k:
 *
 *     sum over n, i, j of x[n, stride i + a, stride j + b, c] dy[n, i, j, k]
 *
 * That is a convolution of x, its channels taken for images and its images for
 * channels, with dy as a kernel whose pixels lie `stride` apart.
 */
function gradientByKernel({ inputs, attrs }: KernelArguments): tf.TensorInfo {
  return tf.tidy(() => {
    const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
    const filterShape = attrs.filterShape as Shape;
    // A sum over nothing; as a convolution it would have no channels.
    if (dy.size === 0) return tf.zeros(filterShape);
    const { strideHeight, strideWidth, padInfo } = convolutionOf(
      x.shape,
      filterShape,
      attrs,
    );
    const [height, width, channels, outputs] = filterShape;
    const [, outHeight, outWidth] = dy.shape;
    // The pixels that windows look at: at the end a stride may leave some out.
    const seen = placePixels(x, [padInfo.top, padInfo.left], [
      (outHeight - 1) * strideHeight + height,
      (outWidth - 1) * strideWidth + width,
    ]);
    const kernel = tf.conv2d(
      tf.transpose(seen, [3, 1, 2, 0]) as tf.Tensor4D,
      tf.transpose(dy, [1, 2, 0, 3]) as tf.Tensor4D,
      1,
      "valid",
      "NHWC",
      [strideHeight, strideWidth],
    );
    return tf.transpose(
      tf.reshape(kernel, [channels, height, width, outputs]),
      [1, 2, 0, 3],
    );
  });
}

/**
 * By the images: a convolution of dy, its pixels `stride` apart, with the kernel
 * turned by 180 degrees, from its outputs to its inputs.
 */
function gradientByImages({ inputs, attrs }: KernelArguments): tf.TensorInfo {
  return tf.tidy(() => {
    const { dy, filter } = inputs as { dy: tf.Tensor4D; filter: tf.Tensor4D };
    const inputShape = attrs.inputShape as Shape;
    const { strideHeight, strideWidth, padInfo } = convolutionOf(
      inputShape,
      filter.shape,
      attrs,
    );
    const [, inHeight, inWidth] = inputShape;
    const [height, width] = filter.shape;
    const bordered = placePixels(
      spreadPixels(dy, strideHeight, strideWidth),
      [height - 1 - padInfo.top, width - 1 - padInfo.left],
      [inHeight + height - 1, inWidth + width - 1],
    );
    const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
    return tf.conv2d(bordered, turned as tf.Tensor4D, 1, "valid");
  });
}

type Shape = tf.Tensor4D["shape"];
type ConvolutionArguments = Parameters<
  typeof tf.backend_util.computeConv2DInfo
>;

function convolutionOf(
  inputShape: Shape,
  filterShape: Shape,
  { dataFormat, strides, pad, dimRoundingMode }: tf.NamedAttrMap,
) {
  if (dataFormat !== "NHWC") {
    throw new Error(
      `Expected a convolution of NHWC images but found ${dataFormat}`,
    );
  }
  return tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides as ConvolutionArguments[2],
    1,
    pad as ConvolutionArguments[4],
    dimRoundingMode as ConvolutionArguments[5],
  );
}
