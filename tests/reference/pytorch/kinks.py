"""Places where a network's derivative jumps: a ReLU's 0, and two values of a max
pooling's window that are both the largest. Where a value is within rounding of
one, gradients in float32 are not one number. So references have images whose
values keep away."""

import math

import torch
from torch.nn import functional as F
from torch.overrides import TorchFunctionMode

# Least distance, by the root mean square of float32's rounding errors in the same
# layer: what rounds in another order comes nowhere near.
SAFE = 6


class Kinks(TorchFunctionMode):
    """Watches ReLUs and max poolings: what each reads, and the smallest distance
    from a kink."""

    def __init__(self):
        super().__init__()
        self.inputs, self.distances = [], []

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        name = getattr(func, "__name__", "")
        if name in ("relu", "relu_", "prelu"):
            self.see(args[0], args[0].abs())
        elif name == "max_pool2d":
            self.see(args[0], gap(windows(*args, **kwargs)))
        elif name == "adaptive_max_pool2d":
            for bin in bins(*args):
                self.see(args[0], gap(bin))
        return func(*args, **kwargs)

    def see(self, x, distances):
        self.inputs.append(x.to(torch.float64, copy=True))  # Before it acts in place.
        self.distances.append(distances.min().item() if distances.numel() else math.inf)


def first_safe_seed(exact, rounded, images_of):
    """The first seed of images that keep away from kinks, and how far.

    `exact` and `rounded` are the network in float64 and in float32."""
    errors, seed = None, 0
    while True:
        images = images_of(seed)
        near = watch(rounded, images.float())
        # The errors of other images tell whether to look closer.
        if errors is None or distance(near, errors) >= SAFE:
            far = watch(exact, images)
            errors = [
                (a - b).square().mean().sqrt().item()
                for a, b in zip(far.inputs, near.inputs, strict=True)
            ]
            if distance(far, errors) >= SAFE:
                return seed, distance(far, errors)
        seed += 1


def watch(module, images):
    with torch.no_grad(), Kinks() as kinks:
        module(images)
    return kinks


def distance(kinks, errors):
    """By the error, of all layers the least. A network's smooth if infinite."""
    return min((d / e for d, e in zip(kinks.distances, errors, strict=True)), default=math.inf)


def gap(windows):
    """Half the distances of the largest values of `windows` [..., values] from
    the next ones. Equal ones do not count: they are zeros, whose gradient ends at
    the ReLU before, or copies that an overlapping pooling made of one value."""
    if windows.shape[-1] < 2:
        return windows.new_empty(0)
    best, second = windows.topk(2).values.unbind(-1)
    distances = (best - second) / 2
    return distances[distances > 0]


def windows(x, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, **_):
    """The values of each window, [..., kernel_size * kernel_size]."""
    assert dilation == 1
    stride = stride or kernel_size
    wide = F.pad(x, [padding, padding + ceil_mode * stride] * 2, value=-math.inf)
    cut = wide.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride)
    flat = cut.flatten(-2)
    return flat[flat.amax(-1) > -math.inf]  # Some lie beyond the image.


def bins(x, count):
    """The values of each bin of a grid of `count * count`."""
    height, width = x.shape[-2:]
    for i in range(count):
        for j in range(count):
            rows = slice(i * height // count, -(-(i + 1) * height // count))
            columns = slice(j * width // count, -(-(j + 1) * width // count))
            yield x[..., rows, columns].flatten(-2)
