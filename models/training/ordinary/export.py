"""Write a run's network as the ONNX file that ships.

python -m models.training.ordinary.export --run RUN --onnx FILE --data DIR --cache DIR
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from models.training.checkpoint import start_from
from models.training.data import Indices
from models.training.ordinary.crops import Crops, Sampler, load_crops, split
from models.training.ordinary.network import Ordinary
from models.training.ordinary.quantise import export_in_8_bits
from models.training.ordinary.runs import left_out, parts

RANGES_FROM = 300
"""Training crops that the ranges of the activations are taken from, half of them AI."""

_POWER = 0.5  # small sources count for more, as in the bands, whatever the run's own training made of them


def load(run: Path) -> Ordinary:
    """The network of ``run/network.pt``."""
    network = Ordinary()
    start_from(run / "network.pt", network)
    return network


def export_small(run: Path, path: Path, crops: Crops, training: Indices) -> float:
    """Write the run's network in 8 bits to `path`, see `models.training.ordinary.quantise`.

    Args:
        run: with ``network.pt``.
        path: file to write.
        crops: the training set.
        training: those of them that the run may know; ranges are taken from some of these.

    Returns:
        The largest difference between torch's logits and those of the float file that was quantised.
    """
    chosen = Sampler(crops, training, _POWER).draw(RANGES_FROM, np.random.default_rng(0))
    return export_in_8_bits(load(run), path, crops.pixels[np.sort(chosen)])


def main() -> None:
    """Export from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="run folder with network.pt")
    parser.add_argument("--onnx", type=Path, required=True, help="file to write")
    parser.add_argument("--data", type=Path, required=True, help="folder with field-train.csv and its parts")
    parser.add_argument("--cache", type=Path, required=True, help="folder of the decoded crops")
    given = parser.parse_args()
    crops = load_crops(given.data, given.cache)
    training, _ = split(crops, *left_out(parts(given.run)))
    difference = export_small(given.run, given.onnx, crops, training)
    print(f"{given.onnx.name}: {given.onnx.stat().st_size} bytes, torch - onnxruntime in float {difference:.1e}")


if __name__ == "__main__":
    main()
