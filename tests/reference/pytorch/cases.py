"""The networks that are compared: (name, what makes it, how it is measured).

Images are small, so that few values come near a kink (see kinks.py), and maps are
higher than wide where they are flattened, so that an order of pixels shows."""

import math
import re
from functools import partial

import torch
import torchvision
from torch.nn import functional as F
from torchvision.models.resnet import BasicBlock
from torchvision.models.resnet import Bottleneck as TorchvisionBottleneck

from pytorch import unit_variants as variants
from pytorch.before_resnets import (
    alexnet,
    googlenet,
    prelu_net,
    torchvision_vgg,
    vgg_paths,
    zfnet,
)
from pytorch.highway_networks import (
    ConvolutionalHighway,
    FullyConnectedHighway,
    GlorotBengio,
)
from pytorch.residual_networks import (
    Basic,
    Bottleneck,
    CifarNetwork,
    CifarPreActivation,
    ImageNetNetwork,
    ImageNetPreActivation,
    PlainBasic,
    PreActivationBottleneck,
    Single,
)

CIFAR = {"input": (2, 16, 16, 3)}
# Each of their 18 additions would double the signal's variance, and the logits
# would be in the thousands.
SINGLE = CIFAR | {"gain": 0.5}
# An odd size leaves 2 x 2 pixels to the last stage.
IMAGENET = {"input": (2, 33, 33, 3)}
# Deeper networks magnify float32's rounding in training, with the statistics of a
# few images: they are compared in evaluation, and as shallow ones of their units.
EVALUATION = {"input": (2, 64, 64, 3), "gain": 1, "training": False}
# Bytes less their mean: local response normalisation depends on the scale.
BYTES = {"deviation": 64}

UNITS = {
    18: [2, 2, 2, 2],
    34: [3, 4, 6, 3],
    50: [3, 4, 6, 3],
    101: [3, 4, 23, 3],
    152: [3, 8, 36, 3],
    200: [3, 24, 36, 3],
}
FEW = [1, 2, 1, 1]


def cifar(unit, **options):
    return lambda: CifarNetwork(partial(unit, **options), 3)


def variant(unit):
    return lambda: variants.pre_activation_network(unit, 3)


def imagenet(unit, counts, option, **options):
    expansion = 4 if unit is Bottleneck else 1
    return lambda: ImageNetNetwork(partial(unit, option=option, **options), counts, expansion)


def torchvision_resnet(block, counts):
    return lambda: torchvision.models.ResNet(block, counts, num_classes=10)


def torchvision_path(path):
    path = re.sub(r"layer(\d)\.(\d+)", lambda m: f"stage{m[1]}/unit{int(m[2]) + 1}", path)
    path = path.replace("downsample.0", "projection").replace("downsample.1", "projectionNorm")
    path = re.sub(r"^conv1$", "conv", path)
    path = re.sub(r"^bn1$", "norm", path)
    return path.replace("bn", "norm").replace("fc", "classifier").replace(".", "/")


TORCHVISION = {"path_of": torchvision_path}

FAMILIES = {
    "cifar": [
        ("plain-20", cifar(PlainBasic), CIFAR),
        *((f"ResNet-20 {option}", cifar(Basic, option=option), CIFAR) for option in "ABC"),
        ("ResNet-20, bottlenecks", lambda: CifarNetwork(Bottleneck, 2, 4), CIFAR),
        ("pre-activation ResNet-20, bottlenecks", lambda: CifarPreActivation(PreActivationBottleneck, 2, 4), CIFAR),
        ("ResNet-20, 1-layer units", lambda: CifarNetwork(Single, 6), SINGLE),
        ("pre-activation ResNet-20, 1-layer units", lambda: variants.pre_activation_network(variants.SinglePreActivation, 6), SINGLE),
    ],
    "placements": [
        ("BN after addition", cifar(variants.BatchNormAfterAddition), CIFAR),
        ("ReLU before addition", cifar(variants.ReluBeforeAddition), CIFAR),
        ("ReLU-only pre-activation", lambda: variants.ReluOnlyNetwork(3), CIFAR),
        ("full pre-activation", variant(variants.PreActivation), CIFAR),
    ],
    "shortcuts": [
        ("constant scaling", cifar(variants.ConstantScaling), CIFAR),
        ("frozen gating", cifar(variants.FrozenGating), CIFAR),
        ("exclusive gating", cifar(variants.ExclusiveGating), CIFAR),
        ("shortcut-only gating", cifar(variants.ShortcutOnlyGating), CIFAR),
        ("dropout", cifar(variants.DropoutShortcut), CIFAR),
    ],
    "fully_connected": [
        ("highway-10", lambda: FullyConnectedHighway(10, 50, (3, 8, 4)), {"input": (4, 8, 4, 3)}),
        ("convolutional highway-19", ConvolutionalHighway, {"input": (2, 16, 16, 3), "gain": 1.6}),
        *((f"{name}-{hidden}", partial(GlorotBengio, hidden, 100, function, (3, 8, 4)), {"input": (4, 8, 4, 3), "gain": gain})
          for hidden, name, function, gain in [
              (5, "sigmoid", torch.sigmoid, 4),  # Or else all images look alike.
              (4, "tanh", torch.tanh, 1),
              (3, "softsign", F.softsign, 1),
              (2, "relu", F.relu, 1),
          ]),
    ],
    "imagenet": [
        ("ResNet-18 A", imagenet(Basic, UNITS[18], "A"), IMAGENET),
        ("ResNet-18 B", torchvision_resnet(BasicBlock, UNITS[18]), IMAGENET | TORCHVISION),
        ("ResNet-18 C", imagenet(Basic, UNITS[18], "C"), IMAGENET),
        *((f"bottlenecks {option}", imagenet(Bottleneck, FEW, option), IMAGENET) for option in "ABC"),
        ("bottlenecks A v1.5", imagenet(Bottleneck, FEW, "A", stride_on="3x3"), IMAGENET),
        ("bottlenecks B v1.5", torchvision_resnet(TorchvisionBottleneck, FEW), IMAGENET | TORCHVISION),
        ("bottlenecks C v1.5", imagenet(Bottleneck, FEW, "C", stride_on="3x3"), IMAGENET),
        ("pre-activation bottlenecks", lambda: ImageNetPreActivation(FEW), IMAGENET),
        ("plain-34", lambda: ImageNetNetwork(PlainBasic, UNITS[34]), EVALUATION | {"gain": math.sqrt(2)}),
        ("ResNet-34 A", imagenet(Basic, UNITS[34], "A"), EVALUATION),
        ("ResNet-34 B", torchvision_resnet(BasicBlock, UNITS[34]), EVALUATION | TORCHVISION),
        ("ResNet-50 B", imagenet(Bottleneck, UNITS[50], "B"), EVALUATION),
        *((f"ResNet-{depth} B v1.5", torchvision_resnet(TorchvisionBottleneck, UNITS[depth]), EVALUATION | TORCHVISION)
          for depth in (50, 101, 152)),
        ("pre-activation ResNet-200", lambda: ImageNetPreActivation(UNITS[200]), EVALUATION),
    ],
    "before_resnets": [
        ("AlexNet", lambda: alexnet((256, 3, 2)), {"input": (2, 128, 96, 3)} | BYTES),
        ("ZFNet", lambda: zfnet((256, 2, 1)), {"input": (2, 96, 64, 3)} | BYTES),
        ("VGG-16", lambda: torchvision_vgg(16, (512, 2, 1)), {"input": (2, 64, 32, 3), "path_of": vgg_paths(16)}),
        ("VGG-19", lambda: torchvision_vgg(19, (512, 2, 1)), {"input": (2, 64, 32, 3), "path_of": vgg_paths(19)}),
        ("GoogLeNet", googlenet, {"input": (2, 64, 64, 3)} | BYTES),
        ("PReLU-net", lambda: prelu_net(64), {"input": (2, 48, 32, 3)}),
    ],
}
