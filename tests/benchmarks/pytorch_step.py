"""PyTorch's training step, in a process of its own.

    pytorch_step.py <mode> <index of the values to start from> <cpu or gpu>

The modes are those of PyTorchMode in contender.ts.
"""

import json
import os
import re
import sys
import time
import warnings
from pathlib import Path

import torch
from torch.nn import functional as F

from pytorch_exchange import Exchange
from pytorch_network import ResNet

ANSWER_MARK = "@answer "


def answer(value: dict[str, object]) -> None:
    print(ANSWER_MARK + json.dumps(value), flush=True)


def process_memory(name: str) -> int:
    """VmRSS or VmHWM of this process, in bytes."""
    status = Path("/proc/self/status").read_text()
    found = re.search(rf"^{name}:\s+(\d+) kB$", status, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"/proc tells no {name}")
    return int(found[1]) * 1024


class Step:
    """Forward pass, gradients and update on a mini-batch that stays in place."""

    def __init__(self, exchange: Exchange, mode: str, device: torch.device) -> None:
        layout = (
            torch.channels_last if "channels_last" in mode else torch.contiguous_format
        )
        network = ResNet(exchange.depth)
        missing, unexpected = network.load_state_dict(exchange.network, strict=False)
        if unexpected or any("num_batches" not in name for name in missing):
            raise RuntimeError(f"Expected the same tensors: {missing}, {unexpected}")
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
        if mode == "cuda_graphs":
            kind = "reduce-overhead" if device.type == "cuda" else "default"
            self.network = torch.compile(network, mode=kind)
        elif mode.startswith("compile"):
            self.network = torch.compile(network)
        else:
            self.network = network

    def run(self) -> torch.Tensor:
        self.optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(self.network(self.images), self.labels)
        loss.backward()
        self.optimizer.step()
        return loss.detach()


def run_steps(step: Step, count: int) -> dict[str, object]:
    started = time.perf_counter()
    losses = torch.stack([step.run() for _ in range(count)])
    # On a GPU only a value that is read tells that the work is done.
    values = losses.tolist()
    milliseconds = (time.perf_counter() - started) * 1000 / count
    return {"milliseconds": milliseconds, "losses": values}


def choose_device(kind: str) -> torch.device:
    if kind == "gpu" and torch.cuda.is_available():
        allowed = os.environ.get("NVIDIA_TF32_OVERRIDE") != "0"
        torch.backends.cuda.matmul.allow_tf32 = allowed
        torch.backends.cudnn.allow_tf32 = allowed
        torch.backends.cudnn.benchmark = True
        return torch.device("cuda")
    if threads := os.environ.get("OMP_NUM_THREADS"):
        torch.set_num_threads(int(threads))
    return torch.device("cpu")


def main(mode: str, index: str, kind: str) -> None:
    # That NumPy and triton are missing does not matter here.
    warnings.filterwarnings("ignore")
    device = choose_device(kind)
    eight = torch.ones(8, 8, device=device)
    (eight @ eight).sum().item()
    baseline = process_memory("VmRSS")
    step = Step(Exchange(index), mode, device)
    is_gpu = device.type == "cuda"
    answer(
        {
            "engine": f"PyTorch {torch.__version__}",
            "device": torch.cuda.get_device_name()
            if is_gpu
            else f"CPU, {torch.get_num_threads()} threads",
        }
    )
    for line in sys.stdin:
        request = json.loads(line)
        if "run" in request:
            answer(run_steps(step, request["run"]))
        else:
            answer({"baseline": baseline, "peak": process_memory("VmHWM")})


if __name__ == "__main__":
    main(*sys.argv[1:])
