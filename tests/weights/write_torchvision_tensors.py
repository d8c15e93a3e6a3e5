"""Writes torchvision_NETWORK.txt: the names and shapes of all tensors that
torchvision's networks keep.

    pip install torch torchvision
    python tests/weights/write_torchvision_tensors.py
"""

from pathlib import Path

import torch
import torchvision

for network in ["resnet18", "resnet50", "vgg16"]:
    with torch.device("meta"):
        model = torchvision.models.get_model(network)
    lines = [" ".join([name, *map(str, tensor.shape)]) for name, tensor in model.state_dict().items()]
    Path(__file__).with_name(f"torchvision_{network}.txt").write_text("\n".join(lines) + "\n")
