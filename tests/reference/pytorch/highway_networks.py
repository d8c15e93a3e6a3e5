"""Highway networks, after github.com/flukeskywalker/highway-networks
(examples/highways/cifar10-19layers/cifar10_network.prototxt and
src/caffe/layers/cudnn_highway_layer.cu: a ReLU, and a sigmoid for the gate), and
the fully connected networks before them (Glorot and Bengio 2010)."""

import math

import torch
from torch import nn
from torch.nn import functional as F


class Highway(nn.Module):
    """`make` makes a layer that keeps its input's shape."""

    def __init__(self, make):
        super().__init__()
        self.transform, self.gate = make(), make()

    def forward(self, x):
        t = torch.sigmoid(self.gate(x))
        return F.relu(self.transform(x)) * t + x * (1 - t)


class FullyConnectedHighway(nn.Module):
    def __init__(self, hidden, units, map_shape):
        super().__init__()
        self.hidden1 = nn.Linear(math.prod(map_shape), units)
        self.hidden1.maps = [map_shape]
        self.hidden = [f"hidden{i}" for i in range(2, hidden + 1)]
        for name in self.hidden:
            self.add_module(name, Highway(lambda: nn.Linear(units, units)))
        self.classifier = nn.Linear(units, 10)

    def forward(self, x):
        x = F.relu(self.hidden1(x.flatten(1)))
        for name in self.hidden:
            x = getattr(self, name)(x)
        return self.classifier(x)


class ConvolutionalHighway(nn.Module):
    def __init__(self, layers=(4, 5, 5)):
        super().__init__()
        inputs = 3
        for stage, (count, width) in enumerate(zip(layers, (32, 80, 128), strict=True), 1):
            def make(inputs=width, width=width):
                return nn.Conv2d(inputs, width, 3, padding=1)
            part = nn.Sequential()
            part.add_module("conv", make(inputs))
            part.add_module("relu", nn.ReLU())
            for i in range(1, count + 1):
                part.add_module(f"highway{i}", Highway(make))
            self.add_module(f"stage{stage}", part)
            inputs = width
        self.drop = nn.Dropout(0.2)
        self.conv = nn.Conv2d(128, 100, 1)
        self.classifier = nn.Linear(100, 10)

    def forward(self, x):
        x = self.stage1(self.drop(x))
        x = self.stage2(self.drop(F.max_pool2d(x, 2, 2)))
        x = self.stage3(self.drop(F.max_pool2d(x, 2, 2)))
        x = F.relu(self.conv(x)).mean((2, 3))
        return self.classifier(self.drop(x))


class GlorotBengio(nn.Module):
    def __init__(self, hidden, units, function, map_shape):
        super().__init__()
        self.function = function
        self.hidden = [f"hidden{i}" for i in range(1, hidden + 1)]
        inputs = math.prod(map_shape)
        for name in self.hidden:
            self.add_module(name, nn.Linear(inputs, units))
            inputs = units
        self.hidden1.maps = [map_shape]
        self.classifier = nn.Linear(units, 10)

    def forward(self, x):
        x = x.flatten(1)
        for name in self.hidden:
            x = self.function(getattr(self, name)(x))
        return self.classifier(x)

