"""A pipeline to be measured: its processes run and its model is loaded before the first figure."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from desktop_app.composition import start_pipeline
from desktop_app.core.events import Event, ItemChanged
from desktop_app.core.items import ItemState
from desktop_app.detectors.contradictions import AUTO
from desktop_app.intake.paths import sources_from_paths
from desktop_app.system.settings import Settings

_LIMIT = 300.0


@contextmanager
def warm_pipeline(
    warming: Sequence[Path], *, jobs: int, try_changes: bool = False, model: str = AUTO
) -> Iterator[Callable[[Sequence[Path]], float]]:
    """Give a measure: pictures in, seconds to check them (anew) out. ``warming`` is checked before."""
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    pipeline = start_pipeline(Settings(model=model), events.put, jobs=jobs, try_changes=try_changes)

    def check(paths: Sequence[Path]) -> float:
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

    try:
        check(warming)
        yield check
    finally:
        pipeline.close()
