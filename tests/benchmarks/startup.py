"""Time to the first window, against the least that PySide6 can do."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.support.probing import probe
from tests.benchmarks.support.report import heading, median, rounds, say, spread, table
from tests.support import xserver

_ROUNDS = 7


def run() -> None:
    """Measure offscreen and, where an X server is installed, in real windows."""
    heading("startup: process start to the first painted window, ms")
    rows = [_row("offscreen", {"QT_QPA_PLATFORM": "offscreen"})]
    if xserver.missing():
        say(f"(xcb left out: needs {' '.join(xserver.missing())})")
    else:
        with tempfile.TemporaryDirectory() as folder, xserver.desktop(Path(folder)) as desktop:
            rows.append(_row("xcb", desktop.variables))
    table(("platform", "bare QWidget", "range", "Telltale", "range", "Telltale / bare"), rows)


def _row(platform: str, variables: dict[str, str]) -> tuple[str, ...]:
    def measure(kind: str) -> Callable[[], float]:
        return lambda: float(probe("first_paint", [kind], variables)["milliseconds"])

    found = rounds(_ROUNDS, {"bare": measure("bare"), "telltale": measure("telltale")})
    bare, ours = found["bare"], found["telltale"]
    ratio = f"{median(ours) / median(bare):.2f}"
    return platform, f"{median(bare):.0f}", spread(bare, 0), f"{median(ours):.0f}", spread(ours, 0), ratio
