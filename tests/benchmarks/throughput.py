"""End to end on 12-megapixel photographs, against the obvious loop and against what the decoder alone takes."""

from __future__ import annotations

import os
from collections.abc import Callable

from tests.benchmarks.support.naive import Naive, scaled_decode_seconds
from tests.benchmarks.support.photos import photos
from tests.benchmarks.support.pipelines import warm_pipeline
from tests.benchmarks.support.report import heading, median, rounds, spread, table

_COUNT = 24
_ROUNDS = 5


def run() -> None:
    """Measure, in turn, the loop, the floor and the pipeline with one job and with one a processor."""
    paths = photos(_COUNT)
    size = sum(path.stat().st_size for path in paths) / len(paths) / 1e6
    heading(f"throughput: {_COUNT} JPEGs of 4032x3024, {size:.1f} MB each on average, pictures/s")
    processors = os.cpu_count() or 1
    naive = Naive()
    measures: dict[str, Callable[[], float]] = {
        "open, convert, resize + model, 1 thread": lambda: _COUNT / naive.seconds(paths),
        "scaled decode alone, 1 thread (the floor)": lambda: _COUNT / scaled_decode_seconds(paths),
    }
    with warm_pipeline(paths, jobs=1) as one, warm_pipeline(paths, jobs=processors) as all_of_them:
        measures["Telltale's pipeline, 1 job"] = lambda: _COUNT / one(paths)
        measures[f"Telltale's pipeline, {processors} jobs"] = lambda: _COUNT / all_of_them(paths)
        found = rounds(_ROUNDS, measures)
    base, floor = (median(values) for values in list(found.values())[:2])
    rows = [
        (
            name,
            f"{median(rates):.1f}",
            spread(rates, 1),
            f"{median(rates) / base:.2f}",
            f"{median(rates) / floor:.2f}",
        )
        for name, rates in found.items()
    ]
    table(("", "pictures/s", "range", "/ loop", "/ floor"), rows)
