"""What 10,000 cards cost the window's process."""

from __future__ import annotations

from tests.benchmarks.support.photos import small_pictures
from tests.benchmarks.support.probing import probe
from tests.benchmarks.support.report import heading, median, rounds, table

_COUNT = 10_000
_ROUNDS = 3


def run() -> None:
    """Weigh an empty window, one with a single card (model and queue loaded), and one with 10,000."""
    heading(f"memory: resident memory of the window's process, {_COUNT:,} cards of 32x32 pictures")
    folder = small_pictures(_COUNT)
    first = min(folder.iterdir())
    found = rounds(
        _ROUNDS,
        {
            "empty window": lambda: float(probe("memory", ["0"])["bytes"]),
            "1 card": lambda: float(probe("memory", ["1", first])["bytes"]),
            f"{_COUNT:,} cards": lambda: float(probe("memory", [str(_COUNT), folder])["bytes"]),
        },
    )
    empty, one, full = (median(values) for values in found.values())
    rows = [
        (name, f"{median(values) / 2**20:.0f}", f"{median(values) / empty:.2f}") for name, values in found.items()
    ]
    table(("", "MiB", "/ empty"), rows)
    table(("", "bytes"), [("each card after the first", f"{(full - one) / (_COUNT - 1):.0f}")])
