"""Where a score came from, painted over the picture: orange speaks for AI, blue against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from desktop_app.core.estimates import HeatCell
from desktop_app.ui.theme import Colours

_MOST_ALPHA = 0.62  # the picture must still be seen under the surest cell
_OFF = 1e-3  # how far a cell of a regular grid may be off its place, as a part of the picture
_LEVELS = 256
_INK, _PAPER = QColor("#10141a"), QColor("#ffffff")


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


def tint(p: float, colours: Colours) -> QColor:
    """The colour for a probability, the more transparent the nearer to 0.5."""
    p = min(max(p, 0.0), 1.0)
    colour = QColor(colours.strong if p > 0.5 else colours.few)  # noqa: PLR2004  # speaks neither way
    colour.setAlphaF(abs(2 * p - 1) * _MOST_ALPHA)
    return colour


def as_grid(cells: Sequence[HeatCell]) -> HeatGrid | None:
    """The cells as a grid; None when they have several sizes, gaps or overlap."""
    columns = len({round(cell.left, 3) for cell in cells})
    if not cells or len(cells) % columns:
        return None
    ordered = sorted(cells, key=lambda cell: (round(cell.top, 3), cell.left))
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


class Heat:
    """The tint of one picture; what takes time is worked out once."""

    def __init__(self, cells: Sequence[HeatCell]) -> None:
        self._cells = tuple(cells)
        self._grid = as_grid(cells)

    def draw(self, painter: QPainter, place: QRectF, colours: Colours) -> None:
        """Tint the picture that is drawn in ``place``; what the model never saw lies outside a frame."""
        if not self._cells:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._grid is None:
            for cell in self._cells:
                painter.fillRect(_inside(place, _part(cell)), tint(cell.p, colours))
        else:
            box = _inside(place, self._grid.box)
            ratio = painter.device().devicePixelRatio()
            painter.drawImage(box, _tinted(self._grid, (box.size() * ratio).toSize(), colours))
        painter.restore()
        seen = _inside(place, _around(self._cells) if self._grid is None else self._grid.box)
        if seen.width() < place.width() - 1 or seen.height() < place.height() - 1:
            _frame(painter, seen)


def without_colours(image: QImage) -> QImage:
    """The picture in grey, so that its own orange and blue aren't taken for the tint; corners stay see-through."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    grey.setAlphaChannel(image.convertToFormat(QImage.Format.Format_Alpha8))
    return grey


def clip_to(painter: QPainter, place: QRectF, radius: float) -> None:
    """Keep what is painted next inside the picture's soft corners."""
    path = QPainterPath()
    path.addRoundedRect(place, radius, radius)
    painter.setClipPath(path)


def _tinted(grid: HeatGrid, size: QSize, colours: Colours) -> QImage:
    # Probabilities are enlarged and then coloured: between orange and blue lies nothing, and no mixture of both.
    small = QImage(grid.levels, grid.columns, grid.rows, grid.columns, QImage.Format.Format_Grayscale8)
    large = small.scaled(
        size.expandedTo(QSize(1, 1)),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    ).convertToFormat(QImage.Format.Format_Grayscale8)
    large.reinterpretAsFormat(QImage.Format.Format_Indexed8)
    large.setColorTable([tint(level / (_LEVELS - 1), colours).rgba() for level in range(_LEVELS)])
    return large.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _frame(painter: QPainter, box: QRectF) -> None:
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_INK, 1.0))
    painter.drawRect(box)
    dashes = QPen(_PAPER, 1.0)
    dashes.setDashPattern([4, 4])
    painter.setPen(dashes)
    painter.drawRect(box)
    painter.restore()


def _level(p: float) -> int:
    return round(min(max(p, 0.0), 1.0) * (_LEVELS - 1))


def _part(cell: HeatCell) -> QRectF:
    return QRectF(QPointF(cell.left, cell.top), QPointF(cell.right, cell.bottom))


def _around(cells: Sequence[HeatCell]) -> QRectF:
    first = QPointF(min(cell.left for cell in cells), min(cell.top for cell in cells))
    last = QPointF(max(cell.right for cell in cells), max(cell.bottom for cell in cells))
    return QRectF(first, last)


def _inside(place: QRectF, part: QRectF) -> QRectF:
    across, down = place.width(), place.height()
    box = QRectF(
        place.left() + part.left() * across,
        place.top() + part.top() * down,
        part.width() * across,
        part.height() * down,
    )
    return box.normalized().intersected(place)
