"""The field detector on one core, from file to verdict, against decoding alone; and what other views would cost.

A 12-megapixel JPEG as a camera writes it, and a PNG of 1024×1024 pixels as generators do, both of natural texture.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from time import perf_counter

from PIL import Image

from desktop_app.core.picture import ViewRule
from desktop_app.detectors.card import load_card
from desktop_app.detectors.session import Session
from desktop_app.imaging.decode import decode
from desktop_app.system.paths import models_dir
from tests.benchmarks.support.photos import grainy_photo
from tests.benchmarks.support.pipelines import warm_pipeline
from tests.benchmarks.support.report import heading, median, rounds, spread, table

_ROUNDS = 7
_REPEATS = 3


def run() -> None:
    """Measure both pictures, everything in turn."""
    heading("field: one core, milliseconds a picture")
    with _one_core():
        session = _session()
        rows = [
            *_rows("JPEG 4032x3024", grainy_photo(4032, 3024, "JPEG"), session),
            *_rows("PNG 1024x1024", grainy_photo(1024, 1024, "PNG"), session),
        ]
    table(("", "ms", "range", "/ decoding"), rows)


def _rows(name: str, path: Path, session: Session) -> list[tuple[str, ...]]:
    data = path.read_bytes()
    with warm_pipeline([path], jobs=1, model="field") as check:
        measures: dict[str, Callable[[], float]] = {
            f"{name} ({len(data) / 1e6:.1f} MB), decoding alone": partial(_milliseconds, lambda: _load(data)),
            "  Telltale's pipeline, 1 job": lambda: check([path]) * 1000,
        }
        for count, rules in _view_sets().items():
            measures[f"  views of {count}"] = partial(_milliseconds, partial(decode, data, views=rules))
            asked = partial(session.answers, decode(data, views=rules).views)
            measures[f"  model on {count}"] = partial(_milliseconds, asked)
        found = rounds(_ROUNDS, measures)
    base = median(next(iter(found.values())))
    return [
        (what, f"{median(times):.1f}", spread(times, 1), f"{median(times) / base:.2f}")
        for what, times in found.items()
    ]


def _view_sets() -> dict[str, Sequence[ViewRule]]:
    """The card's views, and more or fewer of them: from the shrunk copy + of the picture's own pixels."""
    shrunk, own = (view.rule() for view in load_card(models_dir() / "field.json").input.views)
    return {
        "4 + 2 (the card's)": (shrunk, own),
        "4 + 4": (shrunk, replace(own, crop="quarters")),
        "2 + 2": (replace(shrunk, crop="halves"), own),
    }


def _session() -> Session:
    card = load_card(models_dir() / "field.json")
    return Session((models_dir() / card.model).read_bytes(), card)


def _load(data: bytes) -> None:
    with Image.open(BytesIO(data)) as image:
        image.load()


def _milliseconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    for _ in range(_REPEATS):
        work()
    return (perf_counter() - started) * 1000 / _REPEATS


@contextmanager
def _one_core() -> Iterator[None]:
    """Keep this process, and those that it starts, on one core; other systems than Linux choose for themselves."""
    if sys.platform != "linux":
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
