"""What both views' models have in common: rows over the listing's order."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.core.items import Item
from desktop_app.ui.listing.listing import Listing
from desktop_app.ui.phrases import spoken
from desktop_app.ui.views.tooltip import tooltip

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ItemsModel(QAbstractTableModel):
    """A cell stands for a place in the listing's order, not for an item.

    So a new order only changes what cells show, and rows come and go at the end alone: no reset, and the scroll
    position stays. Follows the listing only while its view is in use.
    """

    def __init__(self, listing: Listing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listing = listing
        self._rows = 0
        self._following = False
        listing.arranged.connect(self._follow)

    @abstractmethod
    def place_of(self, index: AnyIndex) -> int:
        """The place in the order that a cell stands for; may lie behind the end."""

    @abstractmethod
    def index_at(self, place: int) -> QModelIndex:
        """The (first) cell of a place."""

    @abstractmethod
    def rows_needed(self) -> int:
        """How many rows the order takes."""

    def set_following(self, *, following: bool) -> None:
        """Start or stop following the listing."""
        self._following = following
        self._follow()

    def item_at(self, index: AnyIndex) -> Item | None:
        """The item of a cell, or None behind the end."""
        item_id = self.id_at(index)
        return None if item_id is None else self.listing.store.get(item_id)

    def id_at(self, index: AnyIndex) -> int | None:
        """The id of a cell's item."""
        order = self.listing.store.order
        place = self.place_of(index) if index.isValid() else -1
        return order[place] if 0 <= place < len(order) else None

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        """Rows of the top level; cells have no children."""
        return 0 if parent.isValid() else self._rows

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Cells behind the end can't be reached."""
        if self.id_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def common_data(self, index: AnyIndex, role: int) -> object:
        """The roles that are the same in both views."""
        item = self.item_at(index)
        if item is None:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            chosen = item.id in self.listing.selection.ids
            return spoken(item) + (self.tr(", selected") if chosen else "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(item)
        return None

    def _follow(self) -> None:
        needed = self.rows_needed() if self._following else self._rows
        if needed > self._rows:
            self.beginInsertRows(_ROOT, self._rows, needed - 1)
            self._rows = needed
            self.endInsertRows()
        elif needed < self._rows:
            self.beginRemoveRows(_ROOT, needed, self._rows - 1)
            self._rows = needed
            self.endRemoveRows()
