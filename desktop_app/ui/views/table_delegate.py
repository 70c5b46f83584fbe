"""Painting the table's cells: a small picture, words with their shape, a bar with its number, plain text."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.core.items import Item
from desktop_app.ui.cards.bars import draw_bar
from desktop_app.ui.cards.delegate import wants_thumbnail
from desktop_app.ui.cards.face import Face, face_of, flags_of
from desktop_app.ui.cards.metrics import small, strong
from desktop_app.ui.cards.shapes import draw_shape
from desktop_app.ui.cards.signs import Sign, colour_of, draw_sign, sign_of
from desktop_app.ui.cards.texts import draw_line
from desktop_app.ui.fact_words import short_words
from desktop_app.ui.listing.listing import Listing
from desktop_app.ui.listing.thumbnails import Thumbnails
from desktop_app.ui.theme import Theme
from desktop_app.ui.views.model import AnyIndex, ItemsModel
from desktop_app.ui.views.table_model import Column


class TableDelegate(QStyledItemDelegate):
    """One delegate for all columns."""

    def __init__(self, listing: Listing, thumbnails: Thumbnails, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._listing = listing
        self._thumbnails = thumbnails
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint a cell of an item's row."""
        model = index.model()
        item = model.item_at(index) if isinstance(model, ItemsModel) else None
        if item is None:
            return
        painter.save()
        box = QRectF(option.rect)
        self._ground(painter, option, box, item)
        gap = option.fontMetrics.height() * 0.5
        inner = box.adjusted(gap, 0, -gap, 0)
        column = Column(index.column())
        if column is Column.PICTURE:
            self._picture(painter, inner, item)
        elif column is Column.EVIDENCE:
            self._evidence(painter, option, inner, face_of(item))
        elif column is Column.WORDS:
            self._words(painter, option, inner, face_of(item))
        elif column is Column.PROBABILITY:
            self._probability(painter, option, inner, face_of(item))
        else:
            self._text(painter, option, inner, index)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """The view fixes sizes."""
        return QSize(10, option.fontMetrics.height() * 2)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, item: Item) -> None:
        colours = self._theme.colours
        chosen = item.id in self._listing.selection.ids
        painter.fillRect(box, colours.selected if chosen else colours.surface)
        edge = QPointF(0, 0.5)
        painter.setPen(colours.border)
        painter.drawLine(box.bottomLeft() - edge, box.bottomRight() - edge)
        if item.id == self._listing.selection.current and self._has_focus(option):
            painter.setPen(colours.accent)
            painter.drawLine(box.topLeft() + edge, box.topRight() + edge)
            painter.drawLine(box.bottomLeft() - edge, box.bottomRight() - edge)

    def _has_focus(self, option: QStyleOptionViewItem) -> bool:
        return bool(option.state & QStyle.StateFlag.State_Active) and option.widget.hasFocus()

    def _picture(self, painter: QPainter, box: QRectF, item: Item) -> None:
        inset = 3.0
        size = QSize(int(box.width()), int(box.height() - 2 * inset))
        picture = self._thumbnails.pixmap(item.id, size, painter.device().devicePixelRatio())
        if picture is None:
            if wants_thumbnail(item):
                self._thumbnails.wish(item.id)
            return
        shown = picture.deviceIndependentSize()
        corner = QPointF((box.width() - shown.width()) / 2, (box.height() - shown.height()) / 2)
        painter.drawPixmap(box.topLeft() + corner, picture)

    def _evidence(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, face: Face) -> None:
        """The strongest fact; what is flagged follows as signs alone, and in words in the tooltip."""
        colours, line = self._theme.colours, option.fontMetrics.height()
        side = line * 0.8
        place = QRectF(box.right() - side, box.center().y() - side / 2, side, side)
        shown = face.fact or face.contradiction
        for sign, _words in flags_of(face):
            if face.fact is not None or sign is not Sign.CONTRADICTION:
                draw_sign(painter, place, sign, colours.warning)
                place.translate(-line * 1.1, 0)
        if shown is not None:
            words = QRectF(
                box.left() + line * 1.25, box.top(), place.right() - box.left() - line * 1.25, box.height()
            )
            place.moveLeft(box.left())
            draw_sign(painter, place, sign_of(shown), colour_of(shown, colours))
            draw_line(painter, words, short_words(shown), option.font, colours.text)

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, face: Face) -> None:
        colours = self._theme.colours
        line = option.fontMetrics.height()
        side = line * 0.8
        if not face.set_aside:
            place = QRectF(box.left(), box.center().y() - side / 2, side, side)
            draw_shape(painter, place, face.group, colours.of(face.group))
        words = box.adjusted(line * 1.25, 0, 0, 0)
        answered = face.p_ai is not None
        text = face.headline if face.set_aside else face.message or face.headline
        font = strong(option.font) if answered else option.font
        draw_line(painter, words, text, font, colours.text if answered else colours.muted)

    def _probability(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, face: Face) -> None:
        if face.p_ai is None:
            return
        colours = self._theme.colours
        number_font = small(option.font)
        number_width = option.fontMetrics.horizontalAdvance(">99 %") + 4
        number = QRectF(box.right() - number_width, box.top(), number_width, box.height())
        draw_line(painter, number, face.number, number_font, colours.muted, right=True)
        height = max(4.0, option.fontMetrics.height() * 0.42)
        bar = QRectF(box.left(), box.center().y() - height / 2, number.left() - box.left() - 4, height)
        draw_bar(painter, bar, face.p_ai, colours.of(face.group), colours, muted=face.muted)

    def _text(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, index: AnyIndex) -> None:
        colours = self._theme.colours
        named = index.column() == Column.NAME
        draw_line(
            painter,
            box,
            str(index.data() or ""),
            option.font,
            colours.text if named else colours.muted,
            right=index.column() == Column.SIZE,
            elide=Qt.TextElideMode.ElideMiddle if named else Qt.TextElideMode.ElideRight,
        )
