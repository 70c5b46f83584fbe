"""``telltale scan`` of 10,000 small pictures, start-up and output included, against the obvious loop."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.benchmarks.support.naive import Naive
from tests.benchmarks.support.photos import small_pictures
from tests.benchmarks.support.report import heading, median, rounds, spread, table
from tests.support.processes import TELLTALE
from tests.support.processes import run as run_program

_COUNT = 10_000
_ROUNDS = 3
_LIMIT = 600.0


def run() -> None:
    """Measure both in turn."""
    heading(f"small: {_COUNT:,} JPEGs of 32x32, pictures/s")
    folder = small_pictures(_COUNT)
    paths = sorted(folder.iterdir())
    naive = Naive()
    processors = os.cpu_count() or 1
    found = rounds(
        _ROUNDS,
        {
            "the loop in one thread": lambda: _COUNT / naive.seconds(paths),
            "telltale scan --jobs 1": lambda: _COUNT / _scan(folder, 1),
            f"telltale scan ({processors} jobs)": lambda: _COUNT / _scan(folder, processors),
        },
    )
    base = median(next(iter(found.values())))
    rows = [
        (name, f"{median(rates):.0f}", spread(rates, 0), f"{median(rates) / base:.2f}")
        for name, rates in found.items()
    ]
    table(("", "pictures/s", "range", "/ loop"), rows)


def _scan(folder: Path, jobs: int) -> float:
    words = [*TELLTALE, "scan", "--format", "jsonl", "--jobs", str(jobs), str(folder)]
    with tempfile.TemporaryDirectory() as home:
        done = run_program(words, _LIMIT, TELLTALE_HOME=home)
    assert done.status == 0, done.stderr
    assert len(done.stdout.splitlines()) == _COUNT
    return done.seconds
