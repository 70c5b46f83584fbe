"""A small drawing as an icon."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap


def drawn_icon(draw: Callable[[QPainter, QRectF], None], side: int, ratio: float = 2.0) -> QIcon:
    """Let ``draw`` draw into a square of ``side`` logical pixels, a pixel off its edges."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw(painter, QRectF(1, 1, side - 2, side - 2))
    painter.end()
    return QIcon(pixmap)
