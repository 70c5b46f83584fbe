"""Whether the window answers while it works: the GUI thread's longest silences."""

from __future__ import annotations

import os
from typing import Any

from tests.benchmarks.support.photos import many_pictures
from tests.benchmarks.support.probing import probe
from tests.benchmarks.support.report import heading, median, say, table

_COUNT = 2000
_ROUNDS = 3


def run() -> None:
    """Listen to an empty window, then to one on which 2,000 pictures are dropped."""
    heading(
        f"heartbeat: gaps of a 5 ms timer on the GUI thread while {_COUNT:,} JPEGs of 1600x1200 are checked, ms"
    )
    folder = many_pictures(_COUNT)
    empty = [probe("heartbeat", ["0"]) for _ in range(_ROUNDS)]
    full = [probe("heartbeat", [str(_COUNT), folder]) for _ in range(_ROUNDS)]
    assert all(run["pictures"] == _COUNT and not run["failed"] for run in full)
    rows = [_row("empty window", empty), _row(f"{_COUNT:,} pictures, {os.cpu_count()} jobs", full)]
    for run in full:
        gaps = (f"{gap} ({own}) at {when} s" for gap, own, when in run["longest"])
        say(f"longest gaps (own work in them): {', '.join(gaps)}")
    table(("", "worst", "worst of all", "own work, worst", "99th percentile", "gaps > 50 ms", "pictures/s"), rows)


def _row(name: str, runs: list[dict[str, Any]]) -> tuple[str, ...]:
    rates = [run["pictures"] / run["seconds"] for run in runs]
    return (
        name,
        f"{median([run['worst'] for run in runs]):.1f}",
        f"{max(run['worst'] for run in runs):.1f}",
        f"{median([run['worst_own'] for run in runs]):.1f}",
        f"{median([run['p99'] for run in runs]):.1f}",
        " ".join(str(run["over_50"]) for run in runs),
        f"{median(rates):.0f}" if any(rates) else "-",
    )
