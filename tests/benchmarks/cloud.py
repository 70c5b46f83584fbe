"""Cloud mode against a stand-in that takes its time: how near the whole comes to latency × pictures ÷ 3."""

from __future__ import annotations

import queue
import tempfile
import time
from pathlib import Path

from desktop_app.composition import Cloud, start_pipeline
from desktop_app.core.estimates import Mode
from desktop_app.core.events import Event, ItemChanged
from desktop_app.core.items import ItemState
from desktop_app.core.sources import FileSource
from desktop_app.system.settings import Settings
from tests.benchmarks.support.photos import small_pictures
from tests.benchmarks.support.report import heading, median, rounds, spread, table
from tests.support.nim import StandIn

_COUNT = 200
_LATENCY = 0.3
_ROUNDS = 3
_CONCURRENCY = 3
_LIMIT = 300.0


def run() -> None:
    """Measure the whole way, from adding to the last result."""
    heading(f"cloud: {_COUNT} pictures, {_LATENCY * 1000:.0f} ms latency, {_CONCURRENCY} at a time, s")
    paths = sorted(small_pictures(10_000).iterdir())[:_COUNT]
    ideal = _LATENCY * _COUNT / _CONCURRENCY
    found = rounds(_ROUNDS, {"pipeline": lambda: _seconds(paths)})["pipeline"]
    table(
        ("", "s", "range", "/ ideal"),
        [
            ("latency x N / concurrency", f"{ideal:.2f}", "", "1.00"),
            ("pipeline, whole", f"{median(found):.2f}", spread(found, 2), f"{median(found) / ideal:.3f}"),
        ],
    )


def _seconds(paths: list[Path]) -> float:
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    with tempfile.TemporaryDirectory() as home, StandIn(key=None, latency=_LATENCY) as standin:
        settings = Settings(nim_url=standin.url, nim_concurrency=_CONCURRENCY, upload_accepted=True)
        cloud = Cloud(settings, ledger=Path(home) / "uploads.jsonl")
        pipeline = start_pipeline(settings, events.put, cloud=cloud)
        try:
            began = time.perf_counter()
            pipeline.add([FileSource(path) for path in paths], Mode.CLOUD)
            assert pipeline.wait_idle(_LIMIT)
            seconds = time.perf_counter() - began
        finally:
            pipeline.close()
    assert _done(events) == len(paths)
    return seconds


def _done(events: queue.SimpleQueue[Event]) -> int:
    count = 0
    while not events.empty():
        event = events.get()
        count += isinstance(event, ItemChanged) and event.item.state is ItemState.DONE
    return count
