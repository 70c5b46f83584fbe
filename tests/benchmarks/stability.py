"""What ``scan --stability`` costs: nine questions a picture instead of one, and the changes themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.support.photos import photos, small_pictures
from tests.benchmarks.support.pipelines import warm_pipeline
from tests.benchmarks.support.report import heading, median, rounds, spread, table

_SMALL, _LARGE = 200, 8
_ROUNDS = 3


def run() -> None:
    """Measure warm pipelines of one job, without and with the changes, on small and on large pictures."""
    heading("stability: one job, milliseconds a picture")
    folder = small_pictures(10_000)
    rows = [
        *_rows(f"{_SMALL} JPEGs of 32x32", sorted(folder.iterdir())[:_SMALL]),
        *_rows(f"{_LARGE} JPEGs of 4032x3024", photos(_LARGE)),
    ]
    table(("", "ms", "range", "/ plain"), rows)


def _rows(name: str, paths: Sequence[Path]) -> list[tuple[str, ...]]:
    with (
        warm_pipeline(paths[:1], jobs=1) as plain,
        warm_pipeline(paths[:1], jobs=1, try_changes=True) as tried,
    ):
        measures = {
            f"{name}, plain": lambda: plain(paths) * 1000 / len(paths),
            f"{name}, with changes": lambda: tried(paths) * 1000 / len(paths),
        }
        found = rounds(_ROUNDS, measures)
    base = median(next(iter(found.values())))
    return [
        (what, f"{median(times):.1f}", spread(times, 1), f"{median(times) / base:.1f}")
        for what, times in found.items()
    ]
