"""Writes residual.safetensors and vgg.safetensors: small networks of PyTorch
with torchvision's names, their weights beside an input and their logits for it.

    pip install torch safetensors
    python tests/weights/write_reference.py
"""

from collections import OrderedDict
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn


def conv(inputs, outputs, size, stride=1, bias=False):
    return nn.Conv2d(inputs, outputs, size, stride, (size - 1) // 2, bias=bias)


class Unit(nn.Module):
    """A residual unit: (inputs, outputs, kernel size, stride) a convolution."""

    def __init__(self, *layers, projection=None):
        super().__init__()
        self.count = len(layers)
        for i, layer in enumerate(layers, 1):
            setattr(self, f"conv{i}", conv(*layer))
            setattr(self, f"bn{i}", nn.BatchNorm2d(layer[1]))
        if projection:
            self.downsample = nn.Sequential(conv(*projection), nn.BatchNorm2d(projection[1]))

    def forward(self, x):
        y = x
        for i in range(1, self.count + 1):
            y = getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(y))
            y = torch.relu(y) if i < self.count else y
        return torch.relu(y + (self.downsample(x) if hasattr(self, "downsample") else x))


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = conv(3, 4, 3)
        self.bn1 = nn.BatchNorm2d(4)
        self.layer1 = nn.Sequential(
            Unit((4, 2, 1), (2, 2, 3), (2, 6, 1), projection=(4, 6, 1)),
            Unit((6, 2, 1), (2, 2, 3), (2, 6, 1)),
        )
        self.layer2 = nn.Sequential(
            Unit((6, 5, 3, 2), (5, 5, 3), projection=(6, 5, 1, 2)),
        )
        self.fc = nn.Linear(5, 4)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        return self.fc(self.layer2(self.layer1(x)).mean((2, 3)))


class Vgg(nn.Module):
    """Strides in the place of pooling."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            conv(3, 2, 3, bias=True), nn.ReLU(),
            conv(2, 3, 3, 2, bias=True), nn.ReLU(), nn.Identity(),
            conv(3, 4, 3, 2, bias=True), nn.ReLU(), nn.Identity(),
        )
        self.classifier = nn.Sequential(
            nn.Linear(4 * 2 * 1, 5), nn.ReLU(), nn.Dropout(),
            nn.Linear(5, 6), nn.ReLU(), nn.Dropout(),
            nn.Linear(6, 4),
        )

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


def write(name, model, x):
    for key, value in model.state_dict().items():
        if value.is_floating_point():
            value.copy_(torch.rand_like(value) + 0.5 if key.endswith("running_var") else torch.randn_like(value) / 2)
    with torch.no_grad():
        logits = model.eval()(x)
    tensors = OrderedDict(model.state_dict(), input=x, logits=logits)
    save_file(tensors, Path(__file__).with_name(f"{name}.safetensors"))
    print(name, logits)


torch.manual_seed(0)
write("residual", Residual(), torch.randn([2, 3, 4, 6]))
write("vgg", Vgg(), torch.randn([2, 3, 8, 4]))
