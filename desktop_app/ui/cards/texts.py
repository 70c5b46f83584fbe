"""Painting text that may be too long."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def draw_line(
    painter: QPainter,
    box: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    *,
    right: bool = False,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """One line, shortened with an ellipsis when the box is too narrow."""
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetricsF(font).elidedText(text, elide, box.width())
    painter.drawText(box, _RIGHT if right else _LEFT, shown)


def draw_paragraph(painter: QPainter, box: QRectF, text: str, font: QFont, colour: QColor) -> None:
    """As many lines as fit into ``box``; the last one ends in an ellipsis when there is more."""
    painter.setPen(colour)
    metrics = QFontMetricsF(font)
    height = metrics.height()
    most = max(1, int(box.height() / height))
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    for number in range(most):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(box.width())
        top = box.top() + number * height
        if number == most - 1 and line.textStart() + line.textLength() < len(text):
            rest = metrics.elidedText(text[line.textStart() :], Qt.TextElideMode.ElideRight, box.width())
            painter.setFont(font)
            painter.drawText(QRectF(box.left(), top, box.width(), height), _LEFT, rest)
            break
        line.draw(painter, QPointF(box.left(), top))
    layout.endLayout()
