"""The grid's delegate: one painter for all cards, no widget per item."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.core.items import Item, ItemState
from desktop_app.ui.cards.face import face_of
from desktop_app.ui.cards.painted import Appearance, PaintedCards
from desktop_app.ui.cards.painter import CardLook, CardPainter
from desktop_app.ui.listing.listing import Listing
from desktop_app.ui.listing.thumbnails import Thumbnails
from desktop_app.ui.views.model import ItemsModel

AnyIndex = QModelIndex | QPersistentModelIndex


class CardDelegate(QStyledItemDelegate):
    """Paints the item of a cell as a card."""

    def __init__(self, listing: Listing, thumbnails: Thumbnails, painter: CardPainter, parent: QObject) -> None:
        super().__init__(parent)
        self._listing = listing
        self._thumbnails = thumbnails
        self._painted = PaintedCards(self)
        self.cards = painter

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint a card; nothing for the empty cells at the end."""
        model = index.model()
        item = model.item_at(index) if isinstance(model, ItemsModel) else None
        if item is None:
            return
        raster = self._thumbnails.raster(item.id)
        if raster is None and wants_thumbnail(item):
            self._thumbnails.wish(item.id)
        size, ratio = option.rect.size(), painter.device().devicePixelRatio()
        wanted = Appearance(item, raster, self.cards, self._look(item, option), size, ratio)
        card, done = self._painted.get(wanted, self.cards.colours.window, lambda inner: self._paint(inner, wanted))
        if card is not None:
            painter.drawPixmap(option.rect.topLeft(), card)
        if not done:
            self._listing.touch([item.id])  # in a later frame

    def _paint(self, painter: QPainter, wanted: Appearance) -> None:
        cell = QRectF(QPointF(), QSizeF(wanted.size))
        picture = self._thumbnails.pixmap(wanted.item.id, self.cards.picture_box(cell), wanted.ratio)
        self.cards.paint(painter, cell, face_of(wanted.item), picture, wanted.look)

    def _look(self, item: Item, option: QStyleOptionViewItem) -> CardLook:
        state, selection = option.state, self._listing.selection
        return CardLook(
            selected=item.id in selection.ids,
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            focused=bool(state & QStyle.StateFlag.State_HasFocus) and item.id == selection.current,
        )

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """The cell's size, which the view fixes anyway."""
        return self.cards.metrics.cell


def wants_thumbnail(item: Item) -> bool:
    """Whether a missing thumbnail was forgotten, rather than not made yet or impossible."""
    return item.state is ItemState.DONE
