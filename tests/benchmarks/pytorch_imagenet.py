"""The ResNets with bottlenecks of R15 Table 1, as our library has them."""

import torch
from torch import nn
from torch.nn import functional as F

UNITS = {50: [3, 4, 6, 3], 101: [3, 4, 23, 3], 152: [3, 8, 36, 3]}


def norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=1e-5, momentum=0.1)


class Bottleneck(nn.Module):
    """1x1, 3x3 and 1x1 convolutions beside a shortcut; the first has the stride."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        inner = outputs // 4
        self.conv1 = nn.Conv2d(inputs, inner, 1, stride, bias=False)
        self.norm1 = norm(inner)
        self.conv2 = nn.Conv2d(inner, inner, 3, padding=1, bias=False)
        self.norm2 = norm(inner)
        self.conv3 = nn.Conv2d(inner, outputs, 1, bias=False)
        self.norm3 = norm(outputs)
        self.changes = inputs != outputs
        if self.changes:
            self.projection = nn.Conv2d(inputs, outputs, 1, stride, bias=False)
            self.projectionNorm = norm(outputs)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = F.relu(self.norm1(self.conv1(x)), inplace=True)
        y = F.relu(self.norm2(self.conv2(y)), inplace=True)
        y = self.norm3(self.conv3(y))
        if self.changes:
            x = self.projectionNorm(self.projection(x))
        return F.relu(y.add_(x), inplace=True)


class ImageNetResNet(nn.Module):
    """The modules have the names of our layers."""

    def __init__(self, depth: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 64, 7, 2, padding=3, bias=False)
        self.norm = norm(64)
        inputs = 64
        for i, units in enumerate(UNITS[depth]):
            outputs = 256 * 2**i
            self.add_module(f"stage{i + 1}", stage(inputs, outputs, units, i > 0))
            inputs = outputs
        self.classifier = nn.Linear(inputs, 1000)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.relu(self.norm(self.conv(x)), inplace=True)
        x = F.max_pool2d(x, 3, 2, padding=1)
        x = self.stage4(self.stage3(self.stage2(self.stage1(x))))
        return self.classifier(x.mean((2, 3)))


def stage(inputs: int, outputs: int, units: int, halves: bool) -> nn.Sequential:
    sequence = nn.Sequential()
    for unit in range(units):
        first = unit == 0
        module = Bottleneck(
            inputs if first else outputs, outputs, 2 if first and halves else 1
        )
        sequence.add_module(f"unit{unit + 1}", module)
    return sequence
