"""What PyTorch's workers share: how they answer what worker_process.ts asks."""

import json
import os
import re
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import torch

from pytorch_exchange import Exchange

ANSWER_MARK = "@answer "

# Makes one step; gives the loss, which nobody has read yet.
Step = Callable[[], torch.Tensor]


def serve(make_step: Callable[[Exchange, str, torch.device], Step]) -> None:
    """Makes steps on request, as the command line says:

    <mode> <index of the values to start from> <cpu or gpu>
    """
    mode, index, kind = sys.argv[1:]
    # That NumPy and triton are missing does not matter here.
    warnings.filterwarnings("ignore")
    device = choose_device(kind)
    eight = torch.ones(8, 8, device=device)
    (eight @ eight).sum().item()
    baseline = process_memory("VmRSS")
    step = make_step(Exchange(index), mode, device)
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


def run_steps(step: Step, count: int) -> dict[str, object]:
    started = time.perf_counter()
    losses = torch.stack([step() for _ in range(count)])
    # On a GPU only a value that is read tells that the work is done.
    values = losses.tolist()
    milliseconds = (time.perf_counter() - started) * 1000 / count
    return {"milliseconds": milliseconds, "losses": values}


def answer(value: dict[str, object]) -> None:
    print(ANSWER_MARK + json.dumps(value), flush=True)


def process_memory(name: str) -> int:
    """VmRSS or VmHWM of this process, in bytes."""
    status = Path("/proc/self/status").read_text()
    found = re.search(rf"^{name}:\s+(\d+) kB$", status, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"/proc tells no {name}")
    return int(found[1]) * 1024


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


def memory_format(mode: str) -> torch.memory_format:
    """The layout of images that a mode is about."""
    if "channels_last" in mode:
        return torch.channels_last
    return torch.contiguous_format


def compiled(network: torch.nn.Module, mode: str, is_gpu: bool) -> torch.nn.Module:
    """The network as a mode runs it."""
    if mode == "cuda_graphs":
        return torch.compile(network, mode="reduce-overhead" if is_gpu else "default")
    return torch.compile(network) if mode.startswith("compile") else network


def load_values(network: torch.nn.Module, exchange: Exchange) -> None:
    """Gives a network the values that every contender starts from."""
    missing, unexpected = network.load_state_dict(exchange.network, strict=False)
    if unexpected or any("num_batches" not in name for name in missing):
        raise RuntimeError(f"Expected the same tensors: {missing}, {unexpected}")
