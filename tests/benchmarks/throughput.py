"""End to end on 12-megapixel photographs, against the obvious loop and against what the decoder alone takes."""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from desktop_app.composition import start_pipeline
from desktop_app.core.events import Event, ItemChanged
from desktop_app.core.items import ItemState
from desktop_app.intake.paths import sources_from_paths
from desktop_app.pipeline.pipeline import Pipeline
from desktop_app.system.settings import Settings
from tests.benchmarks.support.naive import Naive, scaled_decode_seconds
from tests.benchmarks.support.photos import photos
from tests.benchmarks.support.report import heading, median, rounds, spread, table

_COUNT = 24
_ROUNDS = 5
_LIMIT = 300.0


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
    with _pipeline(1, paths) as one, _pipeline(processors, paths) as all_of_them:
        measures["Telltale's pipeline, 1 job"] = one
        measures[f"Telltale's pipeline, {processors} jobs"] = all_of_them
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


@contextmanager
def _pipeline(jobs: int, paths: list[Path]) -> Iterator[Callable[[], float]]:
    """Give a measure of a pipeline that is warm: its processes run and its model is loaded."""
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    pipeline = start_pipeline(Settings(), events.put, jobs=jobs)
    try:
        _check(pipeline, events, paths)
        yield lambda: len(paths) / _check(pipeline, events, paths)
    finally:
        pipeline.close()


def _check(pipeline: Pipeline, events: queue.SimpleQueue[Event], paths: list[Path]) -> float:
    """Check ``paths`` (anew) and return how long it took."""
    started = perf_counter()
    pipeline.add(sources_from_paths(paths))
    assert pipeline.wait_idle(_LIMIT)
    seconds = perf_counter() - started
    done = 0
    while not events.empty():
        event = events.get()
        done += isinstance(event, ItemChanged) and event.item.state is ItemState.DONE
    assert done == len(paths), f"{done} of {len(paths)} done"
    return seconds
