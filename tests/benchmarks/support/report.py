"""Plain tables on stdout, and medians."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable, Sequence


def say(line: str = "") -> None:
    """Print one line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def heading(title: str) -> None:
    """Begin a benchmark's part of the report."""
    say()
    say(title)
    say("=" * len(title))


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their headings; the first column to the left, numbers to the right."""
    cells = [[str(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]
    for number, row in enumerate(cells):
        first, *others = (
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        say("  ".join([first, *others]))
        if number == 0:
            say("  ".join("-" * width for width in widths))


def rounds(count: int, measures: dict[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Measure everything ``count`` times in turn, so that a change of the machine's load meets all alike."""
    found: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(count):
        for name, measure in measures.items():
            found[name].append(measure())
    return found


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Least and most, for the reader to judge the noise."""
    return f"{min(values):.{digits}f}-{max(values):.{digits}f}"


def machine() -> str:
    """What else is going on: a figure without it is worth little."""
    loads = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return f"{os.cpu_count()} processors, load {loads} (1, 5, 15 min)"
