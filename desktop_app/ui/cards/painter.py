"""Painting one card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from desktop_app.core.estimates import SourceScore
from desktop_app.core.evidence import Evidence
from desktop_app.ui.cards.bars import draw_bar
from desktop_app.ui.cards.face import Face, flags_of
from desktop_app.ui.cards.metrics import CardMetrics, strong
from desktop_app.ui.cards.pills import draw_badge, draw_flags
from desktop_app.ui.cards.shapes import draw_shape
from desktop_app.ui.cards.signs import colour_of, draw_sign, sign_of
from desktop_app.ui.cards.texts import draw_line, draw_paragraph
from desktop_app.ui.fact_words import short_words
from desktop_app.ui.listing.groups import Group
from desktop_app.ui.theme import Colours

translate = QCoreApplication.translate

_RADIUS = 10.0
_NAME_SHARE, _MOST_NAME_SHARE = 0.58, 0.7  # of a source line's width


@dataclass(frozen=True, slots=True)
class CardLook:
    """How a card stands apart from its neighbours."""

    selected: bool = False
    hovered: bool = False
    focused: bool = False


class CardPainter:
    """Paints cards with one set of metrics and colours."""

    def __init__(self, metrics: CardMetrics, colours: Colours) -> None:
        self.metrics = metrics
        self.colours = colours
        self._why = translate("Card", "Why?")
        self._why_width = QFontMetricsF(metrics.small_font).horizontalAdvance(self._why) + 2

    def picture_box(self, cell: QRectF) -> QSize:
        """The size that a thumbnail may have, in logical pixels."""
        thumb = self.metrics.thumb(self.metrics.card(cell))
        return QSize(int(thumb.width()), int(thumb.height()))

    def why_box(self, cell: QRectF, *, lowered: bool = False) -> QRectF:
        """Where "Why?" can be clicked on a card out of range; ``lowered``: below a fact."""
        reach = self.metrics.gap / 2
        box = self.metrics.why(self.metrics.card(cell), self._why_width, lowered=lowered)
        return box.adjusted(-reach, -reach, reach, reach)

    def paint(self, painter: QPainter, cell: QRectF, face: Face, picture: QPixmap | None, look: CardLook) -> None:
        """Paint the card of ``face`` into ``cell``."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = self.metrics.card(cell)
        self._ground(painter, card, look)
        self._picture(painter, self.metrics.thumb(card), face, picture)
        self._words(painter, card, face)
        if face.message:
            place = self.metrics.message(card, lowered=face.fact is not None)
            draw_paragraph(painter, place, face.message, self.metrics.small_font, self.colours.muted)
        else:
            self._bars(painter, card, face)

    def _ground(self, painter: QPainter, card: QRectF, look: CardLook) -> None:
        colours = self.colours
        ground = colours.selected if look.selected else colours.hover if look.hovered else colours.surface
        painter.setBrush(ground)
        painter.setPen(QPen(colours.accent if look.selected else colours.border, 1.0))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        if look.focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.accent, 2.0))
            painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)

    def _picture(self, painter: QPainter, box: QRectF, face: Face, picture: QPixmap | None) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colours.sunken)
        painter.drawRoundedRect(box, 6, 6)
        if picture is None:
            side = min(box.width(), box.height()) * 0.22
            place = QRectF(0, 0, side, side)
            place.moveCenter(box.center())
            shape = face.group if face.group in {Group.FAILED, Group.CANCELLED} else Group.WAITING
            draw_shape(painter, place, shape, self.colours.hatch)
        else:
            size = picture.deviceIndependentSize()
            corner = QPointF((box.width() - size.width()) / 2, (box.height() - size.height()) / 2)
            painter.drawPixmap(box.topLeft() + corner, picture)
        draw_badge(painter, box, face.badge, self.metrics, self.colours)
        draw_flags(painter, box, flags_of(face), self.metrics, self.colours)

    def _words(self, painter: QPainter, card: QRectF, face: Face) -> None:
        metrics, colours = self.metrics, self.colours
        draw_line(
            painter,
            metrics.name(card),
            face.name,
            metrics.font,
            colours.muted,
            elide=Qt.TextElideMode.ElideMiddle,
        )
        if face.fact is None:
            self._estimate(painter, metrics.headline(card), face, metrics.strong_font)
        else:
            self._fact(painter, metrics.headline(card), face.fact)
            self._estimate(painter, metrics.second(card), face, strong(metrics.small_font))

    def _fact(self, painter: QPainter, line: QRectF, fact: Evidence) -> None:
        metrics, colours = self.metrics, self.colours
        draw_sign(painter, _square(line, metrics.line), sign_of(fact), colour_of(fact, colours))
        words = line.adjusted(metrics.line * 1.2, 0, 0, 0)
        draw_line(painter, words, short_words(fact), metrics.strong_font, colours.text)

    def _estimate(self, painter: QPainter, line: QRectF, face: Face, font: QFont) -> None:
        colours = self.colours
        quiet = face.p_ai is None and face.group is not Group.FAILED
        if not face.set_aside:
            draw_shape(painter, _square(line, line.height()), face.group, colours.of(face.group))
        words = line.adjusted(self.metrics.line * 1.2, 0, 0, 0)
        draw_line(painter, words, face.headline, font, colours.muted if quiet else colours.text)

    def _bars(self, painter: QPainter, card: QRectF, face: Face) -> None:
        metrics, colours, lowered = self.metrics, self.colours, face.fact is not None
        line = metrics.bar_line(card, lowered=lowered)
        if face.muted:
            why = metrics.why(card, self._why_width, lowered=lowered)
            draw_line(painter, why, self._why, metrics.small_font, colours.accent, right=True)
            line.setRight(why.left() - metrics.gap)
        number = QRectF(line.right() - metrics.number_width, line.top(), metrics.number_width, line.height())
        bar_right = number.left() - metrics.gap if face.number else line.right()
        place = QRectF(line.left(), line.top(), bar_right - line.left(), line.height())
        self._bar(painter, place, face, face.p_ai, 0.5, colours.of(face.group))
        draw_line(painter, number, face.number, metrics.small_font, colours.muted, right=True)
        scores = face.sources[: metrics.source_bars - lowered]
        names = self._names_width(scores, line=metrics.source_line(card, 0).width())
        for index, score in enumerate(scores):
            self._source(painter, metrics.source_line(card, index, lowered=lowered), face, score, names)

    def _names_width(self, scores: Sequence[SourceScore], line: float) -> float:
        """The same on all cards, but where a long name can be shown whole."""
        metrics = QFontMetricsF(self.metrics.small_font)
        longest = max((metrics.horizontalAdvance(score.name) + 1 for score in scores), default=0.0)
        return max(line * _NAME_SHARE, min(longest, line * _MOST_NAME_SHARE))

    def _source(self, painter: QPainter, line: QRectF, face: Face, score: SourceScore, names: float) -> None:
        name = QRectF(line.left(), line.top(), names, line.height())
        draw_line(painter, name, score.name, self.metrics.small_font, self.colours.muted)
        bar = line.adjusted(names + self.metrics.gap, 0, 0, 0)
        self._bar(painter, bar, face, score.p, 0.3, source_colour(score, face.group, self.colours))

    def _bar(
        self, painter: QPainter, line: QRectF, face: Face, fraction: float | None, share: float, colour: QColor
    ) -> None:
        height = max(3.0, round(line.height() * share))
        box = QRectF(line.left(), line.center().y() - height / 2, line.width(), height)
        if fraction is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.colours.track)
            painter.drawRoundedRect(box, height / 2, height / 2)
        else:
            draw_bar(painter, box, fraction, colour, self.colours, muted=face.muted)


def source_colour(score: SourceScore, group: Group, colours: Colours) -> QColor:
    """Orange for origins that are AI, blue for the others; as strong as the words are."""
    if not score.ai:
        return colours.few
    return colours.strong if group is Group.STRONG else colours.some


def _square(line: QRectF, height: float) -> QRectF:
    """The place of a shape at the start of a line."""
    side = height * 0.8
    return QRectF(line.left(), line.center().y() - side / 2, side, side)
