"""The grid's delegate: one painter for all cards, no widget per item."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.core.items import Item, ItemState
from desktop_app.ui.cards.face import face_of
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
        self.cards = painter

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint a card; nothing for the empty cells at the end."""
        model = index.model()
        item = model.item_at(index) if isinstance(model, ItemsModel) else None
        if item is None:
            return
        cell = QRectF(option.rect)
        state, selection = option.state, self._listing.selection
        look = CardLook(
            selected=item.id in selection.ids,
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            focused=bool(state & QStyle.StateFlag.State_HasFocus) and item.id == selection.current,
        )
        ratio = painter.device().devicePixelRatio()
        picture = self._thumbnails.pixmap(item.id, self.cards.picture_box(cell), ratio)
        if picture is None and wants_thumbnail(item):
            self._thumbnails.wish(item.id)
        painter.save()
        self.cards.paint(painter, cell, face_of(item), picture, look)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """The cell's size, which the view fixes anyway."""
        return self.cards.metrics.cell


def wants_thumbnail(item: Item) -> bool:
    """Whether a missing thumbnail was forgotten, rather than not made yet or impossible."""
    return item.state is ItemState.DONE
