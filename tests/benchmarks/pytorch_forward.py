"""PyTorch's forward pass of an ImageNet ResNet in evaluation mode, in a process
of its own.

    pytorch_forward.py <mode> <index of the values to run with> <cpu or gpu>

The modes are those of PyTorchMode in contender.ts.
"""

import torch
from torch.nn import functional as F

from pytorch_exchange import Exchange
from pytorch_imagenet import ImageNetResNet
from pytorch_worker import Step, compiled, load_values, memory_format, serve


def forward_pass(exchange: Exchange, mode: str, device: torch.device) -> Step:
    """Logits of images that stay in place, and what they cost."""
    layout = memory_format(mode)
    network = ImageNetResNet(exchange.depth).eval()
    load_values(network, exchange)
    network = network.to(device, memory_format=layout)
    images = exchange.images().to(device, memory_format=layout)
    labels = exchange.labels().to(device)
    network = compiled(network, mode, device.type == "cuda")

    def step() -> torch.Tensor:
        with torch.inference_mode():
            return F.cross_entropy(network(images), labels)

    return step


if __name__ == "__main__":
    serve(forward_pass)
