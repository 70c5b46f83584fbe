"""How fast the shipped model answers on one core: against PyTorch eager in the same run, and beside decoding.

    python -m models.training.benchmark --card models/cifake.json --run RUN

The network's weights come from ``RUN/network.pt``. Pictures are made here: 32x32 JPEGs of noise of quality 75.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from desktop_app.core.picture import Raster
from desktop_app.detectors.card import load_card
from desktop_app.detectors.session import Session
from desktop_app.imaging.decode import decode
from models.training.data import SIZE
from models.training.export import load_network
from models.training.network import Network, normalise

_SECONDS = 2.0
_ROUNDS = 5
_BATCHES = (1, 8)


def rate(work: Callable[[], object], pictures: int) -> float:
    """Pictures per second of `work`, which handles `pictures` at once: the best of some rounds."""
    work()
    best = 0.0
    for _ in range(_ROUNDS):
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < _SECONDS / _ROUNDS:
            work()
            count += pictures
        best = max(best, count / (time.perf_counter() - start))
    return best


def compare(card_path: Path, run: Path) -> list[str]:
    """The lines of a table: pictures per second and ratios to PyTorch eager on the same pixels."""
    card = load_card(card_path)
    session = Session(card_path.with_name(card.model).read_bytes(), card)
    network = load_network(run)[0].eval()
    files = [_jpeg(number) for number in range(max(_BATCHES))]
    rules = [view.rule() for view in card.input.views]
    lines = []
    for count in _BATCHES:
        rasters = [Raster(SIZE, SIZE, _pixels(number).tobytes()) for number in range(count)]
        stacked = torch.from_numpy(np.stack([_pixels(number) for number in range(count)]))
        ours = rate(partial(session.logits, rasters), count)
        with torch.inference_mode():
            eager = rate(partial(_eager, network, stacked), count)
        lines.append(
            f"batch {count}: onnxruntime {ours:.0f}/s, PyTorch eager {eager:.0f}/s, ratio {ours / eager:.2f}"
        )
    decoding = rate(lambda: decode(files[0], views=rules, thumbnail_side=None), 1)
    raster = Raster(SIZE, SIZE, _pixels(0).tobytes())
    single = rate(lambda: session.logits([raster]), 1)
    share = (1 / decoding) / (1 / decoding + 1 / single)
    lines.append(f"decoding a 32x32 JPEG {decoding:.0f}/s: {share:.0%} of decoding and inference together")
    return lines


def _eager(network: Network, pixels: torch.Tensor) -> torch.Tensor:
    logits: torch.Tensor = network(normalise(pixels))
    return logits


def _pixels(number: int) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    rng = np.random.default_rng(number)
    return rng.integers(0, 256, (SIZE, SIZE, 3), dtype=np.uint8)


def _jpeg(number: int) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(_pixels(number)).save(stream, "JPEG", quality=75)
    return stream.getvalue()


def main() -> None:
    """Benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--card", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True, help="run folder with network.pt")
    given = parser.parse_args()
    torch.set_num_threads(1)
    print("\n".join(compare(given.card, given.run)))


if __name__ == "__main__":
    main()
