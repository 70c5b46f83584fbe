"""The small sign beside a fact: each kind of evidence has its own, so that colour never stands alone."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPolygonF

from desktop_app.core.evidence import Evidence, EvidenceKind, Says, Strength
from desktop_app.ui.cards.drawn_icon import drawn_icon
from desktop_app.ui.theme import Colours


class Sign(Enum):
    """What is drawn."""

    SIGNED = "a filled shield with a tick"
    UNCONFIRMED = "a shield with a bar"
    UNUSABLE = "a shield, crossed out"
    LABEL = "a tag"
    CAMERA = "a camera"
    CONTRADICTION = "two arrows, one against the other"
    DISAGREE = "not equal"
    NONE = "an empty frame"


def sign_of(evidence: Evidence) -> Sign:
    """The sign of one mark; a signer that can't be confirmed never looks like one that was."""
    if evidence.strength is Strength.SIGNED:
        return Sign.SIGNED if evidence.verified else Sign.UNCONFIRMED
    if evidence.kind is EvidenceKind.C2PA and evidence.says is Says.NOTHING:
        return Sign.UNUSABLE
    return {
        Strength.LABEL: Sign.LABEL,
        Strength.CAMERA: Sign.CAMERA,
        Strength.CONTRADICTION: Sign.CONTRADICTION,
    }[evidence.strength]


def colour_of(evidence: Evidence, colours: Colours) -> QColor:
    """Orange for a statement of AI, blue for a capture, as estimates have them; else grey."""
    if evidence.strength is Strength.CONTRADICTION:
        return colours.warning
    if evidence.says in {Says.MADE_BY_AI, Says.EDITED_WITH_AI}:
        return colours.strong
    return colours.few if evidence.says is Says.CAPTURED else colours.neutral


def draw_sign(painter: QPainter, box: QRectF, sign: Sign, colour: QColor) -> None:
    """Draw ``sign`` into ``box``, a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, max(1.3, box.width() / 9))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    half = pen.widthF() / 2
    _DRAWERS[sign](painter, box.adjusted(half, half, -half, -half), colour)
    painter.restore()


def sign_icon(sign: Sign, colour: QColor, side: int, ratio: float = 2.0) -> QIcon:
    """The sign as an icon for a menu."""
    return drawn_icon(lambda painter, box: draw_sign(painter, box, sign, colour), side, ratio)


def _at(box: QRectF, across: float, down: float) -> QPointF:
    return QPointF(box.left() + across * box.width(), box.top() + down * box.height())


def _line(painter: QPainter, box: QRectF, *points: tuple[float, float]) -> None:
    painter.drawPolyline(QPolygonF([_at(box, *point) for point in points]))


def _shield(box: QRectF) -> QPainterPath:
    path = QPainterPath(_at(box, 0.5, 0.0))
    path.lineTo(_at(box, 0.92, 0.14))
    path.lineTo(_at(box, 0.92, 0.5))
    path.quadTo(_at(box, 0.88, 0.84), _at(box, 0.5, 1.0))
    path.quadTo(_at(box, 0.12, 0.84), _at(box, 0.08, 0.5))
    path.lineTo(_at(box, 0.08, 0.14))
    path.closeSubpath()
    return path


def _signed(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawPath(_shield(box))
    pen = painter.pen()
    pen.setColor(Qt.GlobalColor.white)
    painter.setPen(pen)
    _line(painter, box, (0.3, 0.5), (0.45, 0.66), (0.72, 0.34))


def _unconfirmed(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawPath(_shield(box))
    _line(painter, box, (0.34, 0.48), (0.66, 0.48))


def _unusable(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawPath(_shield(box))
    _line(painter, box, (0.94, 0.06), (0.06, 0.94))


def _label(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    corners = ((0.0, 0.5), (0.34, 0.14), (1.0, 0.14), (1.0, 0.86), (0.34, 0.86))
    painter.drawPolygon(QPolygonF([_at(box, *corner) for corner in corners]))
    radius = box.width() * 0.05
    painter.drawEllipse(_at(box, 0.4, 0.5), radius, radius)


def _camera(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    body = QRectF(_at(box, 0.0, 0.26), _at(box, 1.0, 0.92))
    painter.drawRoundedRect(body, box.width() * 0.12, box.width() * 0.12)
    _line(painter, box, (0.32, 0.26), (0.4, 0.08), (0.6, 0.08), (0.68, 0.26))
    painter.drawEllipse(_at(box, 0.5, 0.59), box.width() * 0.17, box.width() * 0.17)


def _contradiction(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    _line(painter, box, (0.0, 0.3), (1.0, 0.3), (0.74, 0.06))
    _line(painter, box, (1.0, 0.7), (0.0, 0.7), (0.26, 0.94))


def _disagree(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    for height in (0.34, 0.66):
        _line(painter, box, (0.06, height), (0.94, height))
    _line(painter, box, (0.74, 0.04), (0.26, 0.96))


def _none(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.width() * 0.2, box.width() * 0.2)


_DRAWERS: dict[Sign, Callable[[QPainter, QRectF, QColor], None]] = {
    Sign.SIGNED: _signed,
    Sign.UNCONFIRMED: _unconfirmed,
    Sign.UNUSABLE: _unusable,
    Sign.LABEL: _label,
    Sign.CAMERA: _camera,
    Sign.CONTRADICTION: _contradiction,
    Sign.DISAGREE: _disagree,
    Sign.NONE: _none,
}
