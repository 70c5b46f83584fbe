"""What ``scan --stability`` costs: nine questions a picture instead of one, and the changes themselves."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from desktop_app.composition import start_pipeline
from desktop_app.core.events import Event, ItemChanged
from desktop_app.core.items import ItemState
from desktop_app.intake.paths import sources_from_paths
from desktop_app.pipeline.pipeline import Pipeline
from desktop_app.system.settings import Settings
from tests.benchmarks.support.photos import photos, small_pictures
from tests.benchmarks.support.report import heading, median, rounds, spread, table

_SMALL, _LARGE = 200, 8
_ROUNDS = 3
_LIMIT = 300.0


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
    with _pipeline(paths, try_changes=False) as plain, _pipeline(paths, try_changes=True) as tried:
        found = rounds(_ROUNDS, {f"{name}, plain": plain, f"{name}, with changes": tried})
    base = median(next(iter(found.values())))
    return [
        (what, f"{median(times):.1f}", spread(times, 1), f"{median(times) / base:.1f}")
        for what, times in found.items()
    ]


@contextmanager
def _pipeline(paths: Sequence[Path], *, try_changes: bool) -> Iterator[Callable[[], float]]:
    """Give a measure (milliseconds a picture) of a pipeline whose process runs and whose model is loaded."""
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    pipeline = start_pipeline(Settings(), events.put, jobs=1, try_changes=try_changes)
    try:
        _check(pipeline, events, paths[:1])
        yield lambda: _check(pipeline, events, paths) * 1000 / len(paths)
    finally:
        pipeline.close()


def _check(pipeline: Pipeline, events: queue.SimpleQueue[Event], paths: Sequence[Path]) -> float:
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
