"""Our names and layouts of PyTorch's tensors."""

import torch
from torch import nn

NORMS = (nn.BatchNorm1d, nn.BatchNorm2d)
NORM_ROLES = {
    "weight": "scale",
    "bias": "shift",
    "running_mean": "runningMean",
    "running_var": "runningVariance",
}
ROLES = {"weight": "kernel", "bias": "bias"}


def our_path(path):
    """"stage1.unit1.shortcut.projection" is "stage1/unit1/projection"."""
    return path.replace("shortcut.", "").replace(".", "/")


def tensors(module, path_of=our_path):
    """(our name, tensor, module that has it) of all that a network keeps."""
    for path, part in module.named_modules():
        own = [*part.named_parameters(recurse=False), *part.named_buffers(recurse=False)]
        for name, tensor in own:
            if name == "num_batches_tracked":
                continue
            roles = NORM_ROLES if isinstance(part, NORMS) else ROLES
            role = "slope" if isinstance(part, nn.PReLU) else roles[name]
            yield f"{path_of(path)}/{role}", tensor, part


def ours(tensor, part):
    """A tensor of PyTorch's layout in ours: kernels [height, width, inputs,
    outputs] and [inputs, outputs]. `part.maps` are the shapes [channels, height,
    width] of the maps that a fully connected layer reads, which we flatten pixel
    by pixel and PyTorch channel by channel."""
    if tensor.dim() == 4:
        return tensor.permute(2, 3, 1, 0)
    if tensor.dim() == 2:
        maps = getattr(part, "maps", [(tensor.shape[1], 1, 1)])
        pieces = tensor.split([c * h * w for c, h, w in maps], dim=1)
        return torch.cat([
            piece.unflatten(1, shape).permute(2, 3, 1, 0).flatten(0, 2)
            for piece, shape in zip(pieces, maps, strict=True)
        ])
    return tensor


def theirs(array, part):
    """The inverse of `ours`."""
    if array.dim() == 4:
        return array.permute(3, 2, 0, 1)
    if array.dim() == 2:
        maps = getattr(part, "maps", [(array.shape[0], 1, 1)])
        pieces = array.split([c * h * w for c, h, w in maps])
        return torch.cat([
            piece.unflatten(0, (h, w, c)).permute(3, 2, 0, 1).flatten(1)
            for piece, (c, h, w) in zip(pieces, maps, strict=True)
        ], dim=1)
    return array
