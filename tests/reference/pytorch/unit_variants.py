"""R16's variants of a unit of two 3x3 convolutions, after the paper: its authors
published code for full pre-activation only."""

import torch
from torch import nn
from torch.nn import functional as F

from pytorch.residual_networks import Basic, CifarPreActivation, Stages, conv3x3


class BatchNormAfterAddition(Basic):
    """Fig. 4 (b)."""

    def forward(self, x):
        y = self.conv2(F.relu(self.norm1(self.conv1(x))))
        return F.relu(self.norm2(y + self.shortcut(x)))


class ReluBeforeAddition(Basic):
    """Fig. 4 (c)."""

    def forward(self, x):
        return F.relu(self.residue(x)) + self.shortcut(x)


class ReluOnlyPreActivation(Basic):
    """Fig. 4 (d). Where the shortcut is not the identity, and in the first unit
    (the paper's appendix), both ways start from the same activation."""

    def __init__(self, inputs, outputs, stride, first=False):
        super().__init__(inputs, outputs, stride)
        self.shared = first or inputs != outputs

    def forward(self, x):
        active = F.relu(x)
        y = self.norm1(self.conv1(active))
        y = self.norm2(self.conv2(F.relu(y)))
        return y + self.shortcut(active if self.shared else x)


class PreActivation(Basic):
    """Fig. 4 (e)."""

    def __init__(self, inputs, outputs, stride, first=False):
        super().__init__(inputs, outputs, stride)
        self.norm1 = nn.BatchNorm2d(inputs)
        self.shared = first or inputs != outputs

    def forward(self, x):
        active = F.relu(self.norm1(x))
        y = self.conv1(active)
        y = self.conv2(F.relu(self.norm2(y)))
        return y + self.shortcut(active if self.shared else x)


class SinglePreActivation(nn.Module):
    """Fig. 4 (e) of one layer."""

    def __init__(self, inputs, outputs, stride, first=False):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(inputs)
        unit = Basic(inputs, outputs, stride)
        self.conv1, self.shortcut = unit.conv1, unit.shortcut
        self.shared = first or inputs != outputs

    def forward(self, x):
        active = F.relu(self.norm1(x))
        return self.conv1(active) + self.shortcut(active if self.shared else x)


class ReluOnlyNetwork(Stages):
    """Each convolution has its BN; the last ReLU follows the last addition."""

    def __init__(self, count):
        def first(*sizes):
            return ReluOnlyPreActivation(*sizes, first=True)
        super().__init__(ReluOnlyPreActivation, [count] * 3, 16, [16, 32, 64], first=first)
        self.conv = conv3x3(3, 16)
        self.norm = nn.BatchNorm2d(16)

    def stem(self, x):
        return self.norm(self.conv(x))

    def close(self, x):
        return F.relu(x)


def pre_activation_network(unit, count):
    return CifarPreActivation(unit, count, first=lambda *sizes: unit(*sizes, first=True))


class ConstantScaling(Basic):
    """Fig. 2 (b)."""

    body_factor = 1

    def forward(self, x):
        return F.relu(0.5 * self.shortcut(x) + self.body_factor * self.residue(x))


class FrozenGating(ConstantScaling):
    body_factor = 0.5


class Gated(Basic):
    def __init__(self, inputs, outputs, stride):
        super().__init__(inputs, outputs, stride)
        self.gate = nn.Conv2d(inputs, outputs, 1, stride)


class ExclusiveGating(Gated):
    """Fig. 2 (c)."""

    def forward(self, x):
        g = torch.sigmoid(self.gate(x))
        return F.relu((1 - g) * self.shortcut(x) + g * self.residue(x))


class ShortcutOnlyGating(Gated):
    """Fig. 2 (d)."""

    def forward(self, x):
        g = torch.sigmoid(self.gate(x))
        return F.relu((1 - g) * self.shortcut(x) + self.residue(x))


class DropoutShortcut(Basic):
    """Fig. 2 (f)."""

    def __init__(self, inputs, outputs, stride):
        super().__init__(inputs, outputs, stride)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        return F.relu(self.dropout(self.shortcut(x)) + self.residue(x))

