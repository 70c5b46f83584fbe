"""What the grid and the table share: selection by id, keys, the context menu, painting what changed."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop_app.ui.listing.listing import Listing
from desktop_app.ui.views.model import ItemsModel

_ENDS = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}


class ItemView(QTableView):
    """A table view with fixed sections over the listing.

    Qt's own selection is off: it selects cells and would have to be carried over every new order. The listing's
    selection is by id and shared by both views.
    """

    opened = Signal()
    """Enter, space or a double click on the current item."""
    menu_wanted = Signal(QPoint)
    """A context menu at this place (global)."""

    def __init__(self, listing: Listing, model: ItemsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.listing = listing
        self.items = model
        self.setModel(model)
        self._prepare()
        listing.arranged.connect(self._on_arranged)
        listing.changed.connect(self._on_changed)
        listing.selected.connect(self._on_selected)

    def step(self, key: Qt.Key) -> int:
        """How many places an arrow or page key goes; 0 for other keys."""
        raise NotImplementedError

    def visible_places(self) -> range:
        """The places in sight."""
        raise NotImplementedError

    def place_rect_changed(self, place: int) -> None:
        """Paint the cell or row of a place anew."""
        self.viewport().update(self.visualRect(self.items.index_at(place)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select by click as everywhere else; a click beside the cards selects nothing."""
        item_id = self.items.id_at(self.indexAt(event.position().toPoint()))
        if item_id is None:
            self.listing.clear_selection()
        elif event.button() is Qt.MouseButton.LeftButton:
            self.listing.pick(item_id, event.modifiers())
        elif item_id not in self.listing.selection.ids:
            self.listing.pick(item_id, Qt.KeyboardModifier.NoModifier)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """No dragging, no rubber band: Qt's would select cells."""
        if event.buttons() is Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Everything happened on the press."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the detail."""
        if self.items.id_at(self.indexAt(event.position().toPoint())) is not None:
            self.opened.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By mouse at the mouse, by key at the current card."""
        where = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_wanted.emit(where)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and pages move and select; space and enter open; the rest goes to the window."""
        key = Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        current = self.listing.selection.current
        if key is Qt.Key.Key_Space and control and current is not None:
            self.listing.toggle(current)
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        elif not self._walk(key, event.modifiers()):
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the listing while in sight."""
        super().showEvent(event)
        self.items.set_following(following=True)
        self._on_selected()

    def hideEvent(self, event: QHideEvent) -> None:
        """A view out of sight does no work."""
        super().hideEvent(event)
        self.items.set_following(following=False)

    def reveal(self, item_id: int) -> None:
        """Scroll to an item."""
        order = self.listing.store.order
        if item_id in order:
            self.scrollTo(self.items.index_at(order.index(item_id)))

    def _walk(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        order = self.listing.store.order
        delta = _ENDS.get(key, 0) * len(order) or self.step(key)
        if not order or not delta:
            return False
        current = self.listing.selection.current
        start = order.index(current) if current in order else (-1 if delta > 0 else len(order))
        place = start + delta if current in order else max(0, min(start + 1, len(order) - 1))
        target = order[max(0, min(place, len(order) - 1))]
        self.listing.pick(target, modifiers, by_key=True)
        self.reveal(target)
        return True

    def _on_arranged(self) -> None:
        if self.isVisible():
            self.viewport().update()
            self._on_selected()

    def _on_changed(self, item_ids: set[int]) -> None:
        if not self.isVisible():
            return
        for place, item_id in self._visible():
            if item_id in item_ids:
                self.place_rect_changed(place)

    def _on_selected(self) -> None:
        """Keep Qt's current cell, which screen readers follow, at the current item."""
        if not self.isVisible():
            return
        current, order = self.listing.selection.current, self.listing.store.order
        known = current is not None and current in order
        index = self.items.index_at(order.index(current)) if known else QModelIndex()
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        self.viewport().update()

    def _visible(self) -> Iterator[tuple[int, int]]:
        order = self.listing.store.order
        for place in self.visible_places():
            if 0 <= place < len(order):
                yield place, order[place]

    def _prepare(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAutoScroll(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.verticalHeader().hide()
