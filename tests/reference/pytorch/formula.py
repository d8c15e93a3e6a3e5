"""Values that both sides compute, so that no weights need be kept: as
tests/reference/formula.ts."""

import math

import numpy as np

MASK = 0xFFFFFFFF


def fnv1a(text):
    """The FNV-1a hash of a text, 32 bits."""
    hashed = 0x811C9DC5
    for byte in text.encode():
        hashed = ((hashed ^ byte) * 0x01000193) & MASK
    return hashed


def hashes(name, start, count):
    """`count` whole numbers below 2^32, from the one at `start`: MurmurHash3's
    finaliser of a Weyl sequence that starts at the name's hash."""
    with np.errstate(over="ignore"):
        h = np.arange(start, start + count, dtype=np.uint64).astype(np.uint32)
        h = h * np.uint32(0x9E3779B9) + np.uint32(fnv1a(name))
        h ^= h >> np.uint32(16)
        h *= np.uint32(0x85EBCA6B)
        h ^= h >> np.uint32(13)
        h *= np.uint32(0xC2B2AE35)
        h ^= h >> np.uint32(16)
    return h


def values(name, shape, mean, deviation):
    """Float32 values, uniform about the mean."""
    unit = hashes(name, 0, math.prod(shape)) / 2.0**32  # From 0 to below 1.
    flat = mean + deviation * math.sqrt(3) * (2 * unit - 1)
    return flat.astype(np.float32).reshape(shape)


def places(name, size, count):
    """Places in a tensor whose values are compared one by one."""
    return hashes(name, size, count) % np.uint32(size)
