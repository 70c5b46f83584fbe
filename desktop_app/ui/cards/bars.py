"""Probability and source bars; muted ones are grey and hatched, so that nobody reads them as an answer."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop_app.ui.theme import Colours

_STEP = 5.0  # between two lines of the hatching


def draw_bar(
    painter: QPainter, box: QRectF, fraction: float, colour: QColor, colours: Colours, *, muted: bool = False
) -> None:
    """Draw a bar that is full up to ``fraction`` (0 to 1)."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = box.height() / 2
    painter.setBrush(colours.track)
    painter.drawRoundedRect(box, radius, radius)
    # Even 0 leaves a round end, so that an empty bar is seen to be a bar.
    width = max(box.height(), box.width() * min(max(fraction, 0.0), 1.0))
    full = QRectF(box.left(), box.top(), width, box.height())
    painter.setBrush(colours.idle if muted else colour)
    painter.drawRoundedRect(full, radius, radius)
    if muted:
        _hatch(painter, full, radius, colours.hatch)


def _hatch(painter: QPainter, box: QRectF, radius: float, colour: QColor) -> None:
    painter.save()
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    painter.setClipPath(path)
    painter.setPen(QPen(colour, 1.3))
    count = int((box.width() + box.height()) / _STEP) + 1
    starts = (box.left() + number * _STEP for number in range(count))
    painter.drawLines([QLineF(x, box.top(), x - box.height(), box.bottom()) for x in starts])
    painter.restore()
