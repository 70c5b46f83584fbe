"""The grid of cards."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop_app.ui.cards.delegate import CardDelegate
from desktop_app.ui.cards.face import face_of
from desktop_app.ui.cards.metrics import CardMetrics
from desktop_app.ui.cards.painter import CardPainter
from desktop_app.ui.listing.groups import Group, group_of
from desktop_app.ui.listing.listing import Listing
from desktop_app.ui.listing.thumbnails import Thumbnails
from desktop_app.ui.theme import Theme
from desktop_app.ui.views.grid_model import GridModel
from desktop_app.ui.views.item_view import ItemView


class GridView(ItemView):
    """As many cards in a row as fit; the spare width goes to all of them."""

    why_asked = Signal(int)
    """ "Why?" was clicked on a card out of range."""

    def __init__(
        self,
        listing: Listing,
        thumbnails: Thumbnails,
        theme: Theme,
        thumbnail_px: int,
        parent: QWidget | None = None,
    ) -> None:
        self.grid = GridModel(listing)
        super().__init__(listing, self.grid, parent)
        self.grid.setParent(self)
        self._theme = theme
        self._thumbnail_px = thumbnail_px
        self._source_bars = 2
        self._delegate = CardDelegate(listing, thumbnails, self._painter(), self)
        self.setItemDelegate(self._delegate)
        self.setObjectName("grid")
        self.setAccessibleName(self.tr("Pictures"))
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(1)
        theme.changed.connect(self.remeasure)
        self._fold()

    @property
    def cards(self) -> CardPainter:
        """What paints the cards now."""
        return self._delegate.cards

    @property
    def thumbnail_px(self) -> int:
        """Width of the pictures in logical pixels."""
        return self._thumbnail_px

    def set_thumbnail_px(self, side: int) -> None:
        """Make the pictures larger or smaller; the first card in sight stays in sight."""
        self._thumbnail_px = side
        self.remeasure()

    def set_source_bars(self, count: int) -> None:
        """Make room for this many source bars on every card."""
        if count != self._source_bars:
            self._source_bars = count
            self.remeasure()

    def remeasure(self) -> None:
        """The font, the colours or the sizes changed."""
        self._delegate.cards = self._painter()
        self._fold()
        self.viewport().update()

    def step(self, key: Qt.Key) -> int:
        """A row up and down, a card left and right, a screen by page."""
        columns = self.grid.columnCount()
        rows = max(1, self.viewport().height() // self.rowHeight(0)) if self.grid.rowCount() else 1
        mirrored = -1 if self.isRightToLeft() else 1
        return {
            Qt.Key.Key_Left: -mirrored,
            Qt.Key.Key_Right: mirrored,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
            Qt.Key.Key_PageUp: -columns * rows,
            Qt.Key.Key_PageDown: columns * rows,
        }.get(key, 0)

    def visible_places(self) -> range:
        """All places of the rows in sight."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        last = self.grid.rowCount() - 1 if last < 0 else last
        columns = self.grid.columnCount()
        return range(first * columns, (last + 1) * columns)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Also a click on "Why?"."""
        super().mousePressEvent(event)
        item_id = self._why_at(event.position())
        if item_id is not None and event.button() is Qt.MouseButton.LeftButton:
            self.why_asked.emit(item_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The hand over "Why?"."""
        super().mouseMoveEvent(event)
        over = self._why_at(event.position()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold anew."""
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        """A new font makes other cards."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_delegate"):
            self.remeasure()

    def _painter(self) -> CardPainter:
        return CardPainter(
            CardMetrics.measure(self.font(), self._thumbnail_px, self._source_bars), self._theme.colours
        )

    def _fold(self) -> None:
        order = self.listing.store.order
        top = self.visible_places().start
        anchor = order[top] if 0 < top < len(order) else None
        cell = self._delegate.cards.metrics.cell
        room = max(1, self.viewport().width())
        columns = max(1, room // cell.width())
        self.horizontalHeader().setDefaultSectionSize(room // columns)
        self.verticalHeader().setDefaultSectionSize(cell.height())
        self.verticalScrollBar().setSingleStep(max(1, cell.height() // 5))
        if columns != self.grid.columnCount():
            self.grid.set_columns(columns)
            self._on_selected()
            if anchor is not None:
                self.scrollTo(self.grid.index_at(order.index(anchor)), self.ScrollHint.PositionAtTop)

    def _why_at(self, position: QPointF) -> int | None:
        index = self.indexAt(position.toPoint())
        item = self.items.item_at(index)
        if item is None or group_of(item) is not Group.OUT_OF_RANGE:
            return None
        face = face_of(item)
        box = self._delegate.cards.why_box(QRectF(self.visualRect(index)), lowered=face.fact is not None)
        if face.set_aside:
            return None
        return item.id if box.contains(position) else None
