"""Cards in rows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, Qt

from desktop_app.ui.listing.listing import Listing
from desktop_app.ui.views.model import AnyIndex, ItemsModel

_ROOT = QModelIndex()


class GridModel(ItemsModel):
    """Places run from left to right and from top to bottom."""

    def __init__(self, listing: Listing, parent: QObject | None = None) -> None:
        super().__init__(listing, parent)
        self._columns = 1

    def set_columns(self, columns: int) -> None:
        """Fold the list anew."""
        if columns == self._columns:
            return
        self.beginResetModel()
        self._columns = columns
        self._rows = self.rows_needed() if self._following else self._rows
        self.endResetModel()

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        """Cards in a row."""
        return 0 if parent.isValid() else self._columns

    def rows_needed(self) -> int:
        """The last row may be incomplete."""
        return -(-len(self.listing.store.order) // self._columns)

    def place_of(self, index: AnyIndex) -> int:
        """Row after row."""
        return index.row() * self._columns + index.column()

    def index_at(self, place: int) -> QModelIndex:
        """The cell of a place."""
        return self.index(place // self._columns, place % self._columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """For screen readers and tooltips; the delegate asks for the item itself."""
        return self.common_data(index, role)
