"""R15's networks and R16's full pre-activation, after the authors' code:
github.com/KaimingHe/resnet-1k-layers (resnet-pre-act.lua) and, that which it
builds on, github.com/facebookarchive/fb.resnet.torch (models/resnet.lua). Plain
networks and a bottleneck's stride on its first convolution are after R15 section
3.3 and Table 1."""

from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional as F


def conv3x3(inputs, outputs, stride=1):
    return nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)


def conv1x1(inputs, outputs, stride=1):
    return nn.Conv2d(inputs, outputs, 1, stride, bias=False)


class PaddedIdentity(nn.Module):
    """Option A: every `stride`th pixel, and channels of zeros."""

    def __init__(self, added, stride):
        super().__init__()
        self.added, self.stride = added, stride

    def forward(self, x):
        x = F.avg_pool2d(x, 1, self.stride)
        n, _, h, w = x.shape
        return torch.cat([x, x.new_zeros(n, self.added, h, w)], 1)


def shortcut_of(option, inputs, outputs, stride):
    if option == "C" or (option == "B" and inputs != outputs):
        return nn.Sequential(OrderedDict(
            projection=conv1x1(inputs, outputs, stride),
            projectionNorm=nn.BatchNorm2d(outputs),
        ))
    if inputs != outputs:
        return PaddedIdentity(outputs - inputs, stride)
    return nn.Identity()


class Basic(nn.Module):
    """R15 Fig. 2 and Fig. 5, left."""

    def __init__(self, inputs, outputs, stride, option="A"):
        super().__init__()
        self.conv1 = conv3x3(inputs, outputs, stride)
        self.norm1 = nn.BatchNorm2d(outputs)
        self.conv2 = conv3x3(outputs, outputs)
        self.norm2 = nn.BatchNorm2d(outputs)
        self.shortcut = shortcut_of(option, inputs, outputs, stride)

    def residue(self, x):
        x = F.relu(self.norm1(self.conv1(x)))
        return self.norm2(self.conv2(x))

    def forward(self, x):
        return F.relu(self.residue(x) + self.shortcut(x))


class PlainBasic(Basic):
    """R15 Fig. 3, middle: the layers of a unit without its shortcut."""

    def __init__(self, inputs, outputs, stride):
        super().__init__(inputs, outputs, stride)
        del self.shortcut

    def forward(self, x):
        return F.relu(self.residue(x))


class Single(nn.Module):
    """R16 section 4.1: a shortcut over one layer."""

    def __init__(self, inputs, outputs, stride, option="A"):
        super().__init__()
        self.conv1 = conv3x3(inputs, outputs, stride)
        self.norm1 = nn.BatchNorm2d(outputs)
        self.shortcut = shortcut_of(option, inputs, outputs, stride)

    def forward(self, x):
        return F.relu(self.norm1(self.conv1(x)) + self.shortcut(x))


class Bottleneck(nn.Module):
    """R15 Fig. 5, right."""

    def __init__(self, inputs, outputs, stride, option="B", stride_on="1x1"):
        super().__init__()
        inner = outputs // 4
        first, second = (stride, 1) if stride_on == "1x1" else (1, stride)
        self.conv1 = conv1x1(inputs, inner, first)
        self.norm1 = nn.BatchNorm2d(inner)
        self.conv2 = conv3x3(inner, inner, second)
        self.norm2 = nn.BatchNorm2d(inner)
        self.conv3 = conv1x1(inner, outputs)
        self.norm3 = nn.BatchNorm2d(outputs)
        self.shortcut = shortcut_of(option, inputs, outputs, stride)

    def forward(self, x):
        y = F.relu(self.norm1(self.conv1(x)))
        y = F.relu(self.norm2(self.conv2(y)))
        y = self.norm3(self.conv3(y))
        return F.relu(y + self.shortcut(x))


class PreActivationBottleneck(nn.Module):
    """R16 Fig. 4 (e): where dimensions increase, both ways start from the same
    BN and ReLU. `activated` is the first unit of an ImageNet network, whose BN
    and ReLU stand before the max pooling."""

    def __init__(self, inputs, outputs, stride, activated=False):
        super().__init__()
        inner = outputs // 4
        self.activated = activated
        if not activated:
            self.norm1 = nn.BatchNorm2d(inputs)
        self.conv1 = conv1x1(inputs, inner, stride)
        self.norm2 = nn.BatchNorm2d(inner)
        self.conv2 = conv3x3(inner, inner)
        self.norm3 = nn.BatchNorm2d(inner)
        self.conv3 = conv1x1(inner, outputs)
        if inputs != outputs:
            self.projection = conv1x1(inputs, outputs, stride)

    def forward(self, x):
        common = x if self.activated else F.relu(self.norm1(x))
        y = self.conv1(common)
        y = self.conv2(F.relu(self.norm2(y)))
        y = self.conv3(F.relu(self.norm3(y)))
        return y + (self.projection(common) if hasattr(self, "projection") else x)


class Stages(nn.Module):
    """A stem, stages of units, average pooling and a fully connected layer."""

    def __init__(self, unit, counts, inputs, widths, first=None):
        super().__init__()
        self.stages = len(counts)
        for stage, (count, outputs) in enumerate(zip(counts, widths, strict=True), 1):
            units = nn.Sequential()
            for i in range(1, count + 1):
                stride = 2 if stage > 1 and i == 1 else 1
                make = first if first and stage == i == 1 else unit
                units.add_module(f"unit{i}", make(inputs, outputs, stride))
                inputs = outputs
            self.add_module(f"stage{stage}", units)
        self.classifier = nn.Linear(inputs, 10)

    def forward(self, x):
        x = self.stem(x)
        for stage in range(1, self.stages + 1):
            x = getattr(self, f"stage{stage}")(x)
        return self.classifier(self.close(x).mean((2, 3)))

    def close(self, x):
        return x


class CifarNetwork(Stages):
    def __init__(self, unit, count, expansion=1, **rest):
        widths = [16 * expansion, 32 * expansion, 64 * expansion]
        super().__init__(unit, [count] * 3, 16, widths, **rest)
        self.conv = conv3x3(3, 16)
        self.norm = nn.BatchNorm2d(16)

    def stem(self, x):
        return F.relu(self.norm(self.conv(x)))


class CifarPreActivation(Stages):
    """Its first unit begins with a BN and ReLU for both ways."""

    def __init__(self, unit, count, expansion=1, **rest):
        widths = [16 * expansion, 32 * expansion, 64 * expansion]
        super().__init__(unit, [count] * 3, 16, widths, **rest)
        self.conv = conv3x3(3, 16)
        self.closingNorm = nn.BatchNorm2d(widths[-1])

    def stem(self, x):
        return self.conv(x)

    def close(self, x):
        return F.relu(self.closingNorm(x))


class ImageNetNetwork(Stages):
    def __init__(self, unit, counts, expansion=1, **rest):
        widths = [expansion * width for width in (64, 128, 256, 512)]
        super().__init__(unit, counts, 64, widths, **rest)
        self.conv = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.norm = nn.BatchNorm2d(64)

    def stem(self, x):
        return F.max_pool2d(F.relu(self.norm(self.conv(x))), 3, 2, 1)


class ImageNetPreActivation(ImageNetNetwork):
    def __init__(self, counts):
        unit = PreActivationBottleneck
        super().__init__(unit, counts, 4, first=lambda *sizes: unit(*sizes, activated=True))
        self.closingNorm = nn.BatchNorm2d(2048)

    def close(self, x):
        return F.relu(self.closingNorm(x))
