"""Runs a network in float64 and writes down what tests compare."""

import math

import torch
from torch import nn
from torch.nn import functional as F

from pytorch.formula import places, values
from pytorch.kinks import first_safe_seed
from pytorch.names import our_path, ours, tensors, theirs

CLASSES = 10

# Of each tensor, values that are compared one by one.
PLACES = 6


def mean_and_deviation(role, shape, gain):
    match role:
        case "kernel":
            return 0, gain / math.sqrt(math.prod(shape[:-1]))
        case "bias":
            return 0, 0.1
        case "scale":
            return 1, 0.2
        case "shift" | "runningMean":
            return 0, 0.2
        case "runningVariance":
            return 1, 0.25
        case "slope":
            return 0.25, 0.1


def set_values(module, path_of, gain):
    with torch.no_grad():
        for name, tensor, part in tensors(module, path_of):
            shape = ours(tensor, part).shape
            role = name.split("/")[-1]
            drawn = values(name, shape, *mean_and_deviation(role, shape, gain))
            tensor.copy_(theirs(torch.from_numpy(drawn), part))


def build(make, path_of, gain, dtype):
    with torch.device("meta"):  # Its own first values would be drawn for nothing.
        module = make()
    module = module.to_empty(device="cpu").to(dtype)
    set_values(module, path_of, gain)
    for part in module.modules():
        if isinstance(part, nn.Dropout):
            part.p = 0.0  # What it drops differs from one library to another.
    return module


def measure(make, input, path_of=our_path, gain=math.sqrt(2), deviation=1, training=True):
    """`input` is [batch, height, width, channels]; `training` says whether to
    compare a step, too."""
    def images_of(seed):
        drawn = values(f"images/{seed}", input, 0, deviation)
        return torch.from_numpy(drawn).double().permute(0, 3, 1, 2)

    module = build(make, path_of, gain, torch.float64)
    case = {"input": list(input), "imageDeviation": deviation, "gain": gain}
    if not training:
        with torch.no_grad():
            logits = module.eval()(images_of(0))
        return {**case, "seed": 0, "evaluation": {"logits": rows(logits)}}

    single = build(make, path_of, gain, torch.float32)
    seed, distance = first_safe_seed(module.train(), single.train(), images_of)
    set_values(module, path_of, gain)  # Running statistics have moved.
    with torch.no_grad():
        evaluated = module.eval()(images_of(seed))
    return {
        **case,
        "seed": seed,
        "kinkDistance": round(distance, 1) if distance < math.inf else None,
        "evaluation": {"logits": rows(evaluated)},
        "training": step(module.train(), images_of(seed), path_of),
    }


def step(module, images, path_of):
    labels = torch.tensor([(3 * i + 1) % CLASSES for i in range(len(images))])
    logits = module(images)
    loss = F.cross_entropy(logits, labels)
    loss.backward()
    kept = list(tensors(module, path_of))
    return {
        "labels": labels.tolist(),
        "logits": rows(logits.detach()),
        "loss": rounded(loss.detach(), 7),
        "gradients": {
            name: summary(name, ours(tensor.grad, part), 5)
            for name, tensor, part in kept if tensor.requires_grad
        },
        "running": {
            name: summary(name, tensor, 6)
            for name, tensor, _ in kept if not tensor.requires_grad
        },
    }


def summary(name, tensor, digits):
    """The norm, then the values at some places."""
    flat = tensor.flatten()
    chosen = flat[torch.from_numpy(places(name, flat.numel(), PLACES).astype(int))]
    return [rounded(value, digits) for value in [flat.norm(), *chosen]]


def rows(logits):
    return [[rounded(value, 7) for value in row] for row in logits]


def rounded(value, digits):
    return float(f"{value.item():.{digits}g}")
