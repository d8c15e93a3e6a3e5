"""Reads the values that the benchmark starts every contender from."""

import json
from pathlib import Path

import torch


class Exchange:
    """Initial values of a network and a mini-batch, as written by exchange.ts."""

    def __init__(self, index_path: str) -> None:
        path = Path(index_path)
        index = json.loads(path.read_text())
        data = bytearray(path.with_suffix(".bin").read_bytes())
        every_value = torch.frombuffer(data, dtype=torch.float32)
        self.depth: int = index["depth"]
        self.network: dict[str, torch.Tensor] = {}
        self.batch: dict[str, torch.Tensor] = {}
        for tensor in index["tensors"]:
            start, end = tensor["start"], tensor["start"] + tensor["count"]
            values = every_value[start:end].view(tensor["shape"])
            if tensor["role"] in ("images", "labels"):
                self.batch[tensor["name"]] = values
            else:
                name, ours = pytorch_tensor(tensor["name"], tensor["role"], values)
                self.network[name] = ours

    def images(self) -> torch.Tensor:
        """Images of shape [batch, channels, height, width]."""
        return self.batch["images"].permute(0, 3, 1, 2).contiguous()

    def labels(self) -> torch.Tensor:
        """Classes of shape [batch]."""
        return self.batch["labels"].long()


ROLES = {
    "kernel": "weight",
    "bias": "bias",
    "scale": "weight",
    "shift": "bias",
    "runningMean": "running_mean",
    "runningVariance": "running_var",
}


def pytorch_tensor(
    name: str, role: str, values: torch.Tensor
) -> tuple[str, torch.Tensor]:
    """A tensor's name and values as PyTorch's modules have them."""
    layer = name.rsplit("/", 1)[0].replace("/", ".")
    if values.dim() == 4:  # [height, width, inputs, outputs]
        values = values.permute(3, 2, 0, 1)
    elif values.dim() == 2:  # [inputs, outputs]
        values = values.t()
    return f"{layer}.{ROLES[role]}", values.contiguous().clone()
