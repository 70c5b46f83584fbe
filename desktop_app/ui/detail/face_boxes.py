"""Boxes around faces on the larger picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from desktop_app.core.estimates import Face
from desktop_app.ui.cards.metrics import small, strong
from desktop_app.ui.phrases import percent
from desktop_app.ui.theme import Colours

_DOUBT, _SURE = 0.5, 0.9
_INK, _PAPER = QColor("#10141a"), QColor("#ffffff")


def box_in(place: QRectF, face: Face) -> QRectF:
    """The face's box where the picture is drawn in ``place``; inside it, whatever the service said."""
    across, down = place.width() / max(1, face.sent_width), place.height() / max(1, face.sent_height)
    box = QRectF(
        place.left() + face.x0 * across,
        place.top() + face.y0 * down,
        (face.x1 - face.x0) * across,
        (face.y1 - face.y0) * down,
    )
    return box.normalized().intersected(place)


def draw_face(painter: QPainter, box: QRectF, face: Face, number: int, colours: Colours, font: QFont) -> None:
    """A frame with its number and its score, legible on any picture."""
    colour = colours.strong if face.score >= _SURE else colours.some if face.score >= _DOUBT else colours.few
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(_INK, 4.0), QPen(colour, 2.0)):
        painter.setPen(pen)
        painter.drawRoundedRect(box, 3, 3)
    text = f"{number} · {percent(face.score)}"
    painter.setFont(strong(small(font)))
    metrics = QFontMetricsF(painter.font())
    height = metrics.height() + 2
    top = box.top() - height if box.top() >= height else box.top()
    tag = QRectF(box.left(), top, metrics.horizontalAdvance(text) + 10, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_INK)
    painter.drawRoundedRect(tag, 3, 3)
    painter.setPen(_PAPER)
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, text)
