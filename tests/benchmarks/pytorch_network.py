"""The CIFAR ResNet of R15 section 4.2 with option A, as our library has it."""

import torch
from torch import nn
from torch.nn import functional as F


def convolution(inputs: int, outputs: int, stride: int = 1) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False)


class Unit(nn.Module):
    """Two 3x3 convolutions beside a shortcut."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv1 = convolution(inputs, outputs, stride)
        self.norm1 = nn.BatchNorm2d(outputs, eps=1e-5, momentum=0.1)
        self.conv2 = convolution(outputs, outputs)
        self.norm2 = nn.BatchNorm2d(outputs, eps=1e-5, momentum=0.1)
        self.stride = stride
        self.missing = outputs - inputs

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = F.relu(self.norm1(self.conv1(x)))
        y = self.norm2(self.conv2(y))
        if self.missing:
            x = x[:, :, :: self.stride, :: self.stride]
            x = F.pad(x, (0, 0, 0, 0, 0, self.missing))
        return F.relu(y + x)


class ResNet(nn.Module):
    """6n + 2 layers; the modules have the names of our layers."""

    def __init__(self, depth: int) -> None:
        super().__init__()
        self.conv = convolution(3, 16)
        self.norm = nn.BatchNorm2d(16, eps=1e-5, momentum=0.1)
        self.stage1 = stage(16, 16, (depth - 2) // 6)
        self.stage2 = stage(16, 32, (depth - 2) // 6)
        self.stage3 = stage(32, 64, (depth - 2) // 6)
        self.classifier = nn.Linear(64, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.relu(self.norm(self.conv(x)))
        x = self.stage3(self.stage2(self.stage1(x)))
        return self.classifier(x.mean((2, 3)))


def stage(inputs: int, outputs: int, units: int) -> nn.Sequential:
    sequence = nn.Sequential()
    for unit in range(units):
        first = unit == 0
        stride = 2 if first and inputs != outputs else 1
        module = Unit(inputs if first else outputs, outputs, stride)
        sequence.add_module(f"unit{unit + 1}", module)
    return sequence
