"""Where a score came from, in words: for people who don't see the colours, or not the picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop_app.core.estimates import HeatCell

translate = QCoreApplication.translate

_THIRDS = 3
_NEITHER = 0.5
_REGIONS = (
    (
        QT_TRANSLATE_NOOP("Heat", "the upper left"),
        QT_TRANSLATE_NOOP("Heat", "the top"),
        QT_TRANSLATE_NOOP("Heat", "the upper right"),
    ),
    (
        QT_TRANSLATE_NOOP("Heat", "the left"),
        QT_TRANSLATE_NOOP("Heat", "the middle"),
        QT_TRANSLATE_NOOP("Heat", "the right"),
    ),
    (
        QT_TRANSLATE_NOOP("Heat", "the lower left"),
        QT_TRANSLATE_NOOP("Heat", "the bottom"),
        QT_TRANSLATE_NOOP("Heat", "the lower right"),
    ),
)


def heat_sentence(cells: Sequence[HeatCell]) -> str:
    """Say which ninth of the picture speaks most for AI, and which most against; empty without cells."""
    ninths = _ninths(cells)
    if not ninths:
        return ""
    most, least = max(ninths, key=ninths.__getitem__), min(ninths, key=ninths.__getitem__)
    if ninths[least] > _NEITHER:
        text = translate("Heat", "Every part speaks for AI, {most} most.")
    elif ninths[most] < _NEITHER:
        text = translate("Heat", "Every part speaks against AI, {least} most.")
    elif most == least:
        text = translate("Heat", "No part speaks either way.")
    else:
        text = translate("Heat", "Most for AI: {most}. Most against: {least}.")
    return text.format(most=_region(most), least=_region(least))


def _ninths(cells: Sequence[HeatCell]) -> dict[tuple[int, int], float]:
    """Mean probability by row and column, in thirds of the picture; only where a cell's middle lies."""
    heaps: dict[tuple[int, int], list[float]] = defaultdict(list)
    for cell in cells:
        row, column = _third((cell.top + cell.bottom) / 2), _third((cell.left + cell.right) / 2)
        heaps[row, column].append(cell.p)
    return {place: fmean(heap) for place, heap in heaps.items()}


def _third(part: float) -> int:
    return min(_THIRDS - 1, max(0, int(part * _THIRDS)))


def _region(place: tuple[int, int]) -> str:
    return translate("Heat", str(_REGIONS[place[0]][place[1]]))
