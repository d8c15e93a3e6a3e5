"""Makes tests/reference/values: what PyTorch gives for networks written down
there on their own, which ours are compared with.

    pip install torch torchvision numpy
    python tests/reference/make_reference.py [file names, such as cifar]

Each file takes up to some minutes on two cores, and comes out the same but for
what float64 rounds, and for the images' seeds: which images are safe from kinks
depends on how the processor rounds float32.
"""

import json
import sys
from pathlib import Path

import torch
import torchvision

from pytorch.cases import FAMILIES
from pytorch.measure import measure

FOLDER = Path(__file__).parent / "values"


def lines(value, indent=""):
    """JSON with a line for each list of numbers."""
    if not isinstance(value, dict):
        return json.dumps(value)
    inner = indent + "  "
    entries = [f"{inner}{json.dumps(key)}: {lines(item, inner)}" for key, item in value.items()]
    return "{\n" + ",\n".join(entries) + f"\n{indent}}}"


def main():
    for family in sys.argv[1:] or FAMILIES:
        cases = {}
        for name, make, options in FAMILIES[family]:
            cases[name] = measure(make, **options)
            print(f"{family}, {name}: images of seed {cases[name]['seed']}", flush=True)
        versions = {"torch": torch.__version__, "torchvision": torchvision.__version__}
        text = lines({"versions": versions, "cases": cases})
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{family}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
