"""Cells of a score's map as grids: one a view that the model looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from desktop_app.core.estimates import HeatCell

LEVELS = 256
"""Probabilities that a grid tells apart."""

_OFF = 1e-3  # how far a cell of a regular grid may be off its place, as a part of the picture
_DIGITS = 6  # that tell columns and rows apart: the finest map has 4,096 of them


@dataclass(frozen=True, slots=True)
class HeatGrid:
    """Cells of one size without gaps, as a grey picture.

    Attributes:
        columns, rows: how many cells.
        box: what they cover, in parts of the picture.
        levels: one byte a cell, rows from the top; 0 for p = 0, 255 for p = 1.
    """

    columns: int
    rows: int
    box: QRectF
    levels: bytes


def as_grid(cells: Sequence[HeatCell]) -> HeatGrid | None:
    """The cells as a grid; None when they have several sizes, gaps or overlap."""
    columns = len({round(cell.left, _DIGITS) for cell in cells})
    if not cells or len(cells) % columns:
        return None
    ordered = sorted(cells, key=lambda cell: (round(cell.top, _DIGITS), cell.left))
    box, rows = _around(cells), len(cells) // columns
    across, down = box.width() / columns, box.height() / rows
    for number, cell in enumerate(ordered):
        row, column = divmod(number, columns)
        left, top = box.left() + column * across, box.top() + row * down
        wanted = (left, top, left + across, top + down)
        found = (cell.left, cell.top, cell.right, cell.bottom)
        if any(abs(a - b) > _OFF for a, b in zip(found, wanted, strict=True)):
            return None
    return HeatGrid(columns, rows, box, bytes(_level(cell.p) for cell in ordered))


def as_parts(cells: Sequence[HeatCell]) -> list[HeatGrid]:
    """The cells as grids, one a view: a cell that doesn't go on where the last one ended begins the next.

    What goes on and is no grid, for it has gaps, is left in single cells.
    """
    if (grid := as_grid(cells)) is not None:
        return [grid]
    runs: list[list[HeatCell]] = []
    for cell in cells:
        if runs and _goes_on(runs[-1], cell):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    parts: list[HeatGrid] = []
    for run in runs:
        whole = as_grid(run)
        parts += [whole] if whole else (grid for cell in run if (grid := as_grid([cell])))
    return parts


def _goes_on(run: Sequence[HeatCell], cell: HeatCell) -> bool:
    first, last = run[0], run[-1]
    beside = abs(cell.left - last.right) < _OFF and abs(cell.top - last.top) < _OFF
    below = abs(cell.left - first.left) < _OFF and abs(cell.top - last.bottom) < _OFF
    return beside or below


def cover_all(cells: Sequence[HeatCell]) -> bool:
    """Whether the model looked at the whole picture."""
    seen = outline([part.box for part in as_parts(cells)])
    return seen.contains(QRectF(_OFF, _OFF, 1 - 2 * _OFF, 1 - 2 * _OFF))


def outline(boxes: Sequence[QRectF]) -> QPainterPath:
    """Everything that lies in one of the boxes."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for box in boxes:
        path.addRect(box)
    return path.simplified()


def _around(cells: Sequence[HeatCell]) -> QRectF:
    first = QPointF(min(cell.left for cell in cells), min(cell.top for cell in cells))
    last = QPointF(max(cell.right for cell in cells), max(cell.bottom for cell in cells))
    return QRectF(first, last)


def _level(p: float) -> int:
    return round(min(max(p, 0.0), 1.0) * (LEVELS - 1))
