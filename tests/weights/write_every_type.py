"""Writes every_type.safetensors with the reference implementation.

    pip install torch safetensors
    python tests/weights/write_every_type.py
"""

from pathlib import Path

import torch
from safetensors.torch import save_file

TYPES = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "I64": torch.int64,
    "I32": torch.int32,
    "I16": torch.int16,
    "I8": torch.int8,
}

tensors = {f"b/{name}": torch.tensor([[0, 1, -2]], dtype=dtype) for name, dtype in TYPES.items()}
tensors["a.fraction"] = torch.tensor([0.1, -65504, 2**-24], dtype=torch.float16)
tensors["a.brain"] = torch.tensor([0.1, -3e38, float("inf")], dtype=torch.bfloat16)
tensors["a.bytes"] = torch.tensor([[0], [255]], dtype=torch.uint8)
tensors["a.truth"] = torch.tensor([True, False, True])
tensors["10"] = torch.tensor(0.5)
tensors["9"] = torch.zeros([2, 0, 3])
tensors["Gewicht \u00e4\U0001f60a\n\""] = torch.tensor([3.0])

save_file(tensors, Path(__file__).with_name("every_type.safetensors"), {"format": "pt"})
