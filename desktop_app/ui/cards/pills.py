"""Small words on a picture: which detector, and what is to be looked at twice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from desktop_app.ui.cards.metrics import CardMetrics
from desktop_app.ui.cards.signs import Sign, draw_sign
from desktop_app.ui.cards.texts import draw_line
from desktop_app.ui.theme import Colours

_ALPHA = 225  # of 255: the picture shows through a little


def draw_badge(painter: QPainter, box: QRectF, text: str, metrics: CardMetrics, colours: Colours) -> None:
    """Which detector gave the number, at the foot of the picture in ``box``."""
    height = metrics.small_line + metrics.gap * 0.5
    pill = _pill(box, box.bottom() - height - metrics.gap * 0.5, text, 0, metrics)
    ground = QColor(colours.surface)
    ground.setAlpha(_ALPHA)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(pill, height / 2, height / 2)
    inner = pill.adjusted(metrics.gap, 0, -metrics.gap + 1, 0)
    draw_line(painter, inner, text, metrics.small_font, colours.text)


def draw_flags(
    painter: QPainter, box: QRectF, flags: Sequence[tuple[Sign, str]], metrics: CardMetrics, colours: Colours
) -> None:
    """What is to be looked at twice, one below the other at the head of the picture in ``box``."""
    height = metrics.small_line + metrics.gap * 0.5
    side = metrics.small_line * 0.7
    for number, (sign, text) in enumerate(flags):
        top = box.top() + metrics.gap * 0.5 + number * (height + metrics.gap * 0.25)
        pill = _pill(box, top, text, side + metrics.gap * 0.6, metrics)
        painter.setPen(QPen(colours.warning, 1.0))
        painter.setBrush(colours.warning_surface)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        left = pill.left() + metrics.gap * 0.8
        draw_sign(painter, QRectF(left, pill.center().y() - side / 2, side, side), sign, colours.warning)
        words = pill.adjusted(metrics.gap * 1.4 + side, 0, -metrics.gap * 0.8 + 1, 0)
        draw_line(painter, words, text, metrics.small_font, colours.text)


def _pill(box: QRectF, top: float, text: str, more: float, metrics: CardMetrics) -> QRectF:
    inset = metrics.gap * 0.5
    wanted = QFontMetricsF(metrics.small_font).horizontalAdvance(text) + 2 * metrics.gap + more
    width = min(wanted, box.width() - 2 * inset)
    return QRectF(box.left() + inset, top, width, metrics.small_line + inset)
