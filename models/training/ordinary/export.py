"""Write a run's network as ONNX, with its map: `models.training.export` for 192-pixel views.

python -m models.training.ordinary.export --run RUN --onnx FILE
"""

from __future__ import annotations

import argparse
from pathlib import Path

from models.training.checkpoint import start_from
from models.training.export import export
from models.training.ordinary.network import Ordinary
from models.training.ordinary.views import SIDE

MOST_BYTES = 15_000_000
"""Size that the file may have."""


def load(run: Path) -> Ordinary:
    """The network of ``run/network.pt``."""
    network = Ordinary()
    start_from(run / "network.pt", network)
    return network


def main() -> None:
    """Export from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="run folder with network.pt")
    parser.add_argument("--onnx", type=Path, required=True, help="file to write")
    given = parser.parse_args()
    difference = export(load(given.run), given.onnx, side=SIDE, most_bytes=MOST_BYTES)
    print(f"{given.onnx.name}: {given.onnx.stat().st_size} bytes, torch - onnxruntime {difference:.1e}")


if __name__ == "__main__":
    main()
