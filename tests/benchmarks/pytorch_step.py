"""PyTorch's training step, in a process of its own.

    pytorch_step.py <mode> <index of the values to start from> <cpu or gpu>

The modes are those of PyTorchMode in contender.ts.
"""

import torch
from torch.nn import functional as F

from pytorch_exchange import Exchange
from pytorch_network import ResNet
from pytorch_worker import compiled, load_values, memory_format, serve


class TrainingStep:
    """Forward pass, gradients and update on a mini-batch that stays in place."""

    def __init__(self, exchange: Exchange, mode: str, device: torch.device) -> None:
        layout = memory_format(mode)
        network = ResNet(exchange.depth)
        load_values(network, exchange)
        network = network.to(device, memory_format=layout)
        self.images = exchange.images().to(device, memory_format=layout)
        self.labels = exchange.labels().to(device)
        self.optimizer = torch.optim.SGD(
            network.parameters(),
            lr=0.1,
            momentum=0.9,
            weight_decay=1e-4,
            fused=True,
        )
        self.network = compiled(network, mode, device.type == "cuda")
        self.autocast = torch.autocast(
            device.type, torch.bfloat16, enabled="bfloat16" in mode
        )

    def __call__(self) -> torch.Tensor:
        self.optimizer.zero_grad(set_to_none=True)
        with self.autocast:
            loss = F.cross_entropy(self.network(self.images), self.labels)
        loss.backward()
        self.optimizer.step()
        return loss.detach()


if __name__ == "__main__":
    serve(TrainingStep)
