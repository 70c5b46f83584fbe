"""The small shape beside the words: each heap has its own, so that colour never stands alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPolygonF

from desktop_app.ui.cards.drawn_icon import drawn_icon
from desktop_app.ui.listing.groups import Group


def draw_shape(painter: QPainter, box: QRectF, group: Group, colour: QColor) -> None:
    """Draw the shape of ``group`` into ``box``.

    Strong: a filled diamond. Some: a half-filled one. Can't tell: a circle with a bar. Few: a ring. Outside the
    range: a broken ring. Failed: a triangle. Cancelled: a crossed ring. Waiting: three dots.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, max(1.4, box.width() / 8))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    half = pen.widthF() / 2
    _DRAWERS[group](painter, box.adjusted(half, half, -half, -half), colour)
    painter.restore()


def shape_icon(group: Group, colour: QColor, side: int, ratio: float = 2.0) -> QIcon:
    """The shape as an icon for a chip or a menu."""
    return drawn_icon(lambda painter, box: draw_shape(painter, box, group, colour), side, ratio)


def _diamond(box: QRectF) -> QPolygonF:
    middle = box.center()
    return QPolygonF(
        [
            QPointF(middle.x(), box.top()),
            QPointF(box.right(), middle.y()),
            QPointF(middle.x(), box.bottom()),
            QPointF(box.left(), middle.y()),
        ]
    )


def _strong(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawPolygon(_diamond(box))


def _some(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.drawPolygon(_diamond(box))
    lower = QPainterPath()
    lower.addPolygon(_diamond(box))
    painter.setClipRect(QRectF(box.left(), box.center().y(), box.width(), box.height()))
    painter.fillPath(lower, colour)


def _cant_tell(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawEllipse(box)
    reach = box.width() / 5
    painter.drawLine(box.center() - QPointF(reach, 0), box.center() + QPointF(reach, 0))


def _few(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawEllipse(box)


def _out_of_range(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    pen = painter.pen()
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([1.5, 1.15])
    painter.setPen(pen)
    painter.drawEllipse(box)


def _failed(painter: QPainter, box: QRectF, colour: QColor) -> None:
    corners = [QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()]
    pen = painter.pen()
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolygon(QPolygonF(corners))
    x = box.center().x()
    painter.drawLine(QPointF(x, box.top() + box.height() * 0.42), QPointF(x, box.top() + box.height() * 0.62))
    painter.setBrush(colour)
    painter.drawPoint(QPointF(x, box.top() + box.height() * 0.82))


def _cancelled(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawEllipse(box)
    inset = box.width() * 0.16
    painter.drawLine(box.topRight() + QPointF(-inset, inset), box.bottomLeft() + QPointF(inset, -inset))


def _waiting(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    radius = box.width() / 9
    for step in (-1, 0, 1):
        painter.drawEllipse(box.center() + QPointF(step * box.width() * 0.34, 0), radius, radius)


_DRAWERS = {
    Group.STRONG: _strong,
    Group.SOME: _some,
    Group.CANT_TELL: _cant_tell,
    Group.FEW: _few,
    Group.OUT_OF_RANGE: _out_of_range,
    Group.FAILED: _failed,
    Group.CANCELLED: _cancelled,
    Group.WAITING: _waiting,
}
