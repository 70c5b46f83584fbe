"""The table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop_app.ui.cards.metrics import strong
from desktop_app.ui.fact_words import longest_short_words
from desktop_app.ui.listing.groups import Group, group_title
from desktop_app.ui.listing.listing import Listing
from desktop_app.ui.listing.order import SortBy
from desktop_app.ui.listing.thumbnails import Thumbnails
from desktop_app.ui.theme import Theme
from desktop_app.ui.views.item_view import ItemView
from desktop_app.ui.views.table_delegate import TableDelegate
from desktop_app.ui.views.table_model import Column, TableModel, column_of, sort_of

# Widths in characters of the window's font.
_WIDTHS = {
    Column.PICTURE: 8,
    Column.NAME: 22,
    Column.PROBABILITY: 19,
    Column.SOURCE: 22,
    Column.STATE: 14,
    Column.SIZE: 13,
    Column.FORMAT: 11,
    Column.DETECTOR: 24,
}


class TableView(ItemView):
    """One item a row; a click on a title sorts."""

    sort_asked = Signal(object, bool)
    """An order (:class:`SortBy`) and whether it runs downwards."""

    def __init__(
        self, listing: Listing, thumbnails: Thumbnails, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(listing, TableModel(listing), parent)
        self.items.setParent(self)
        self.setItemDelegate(TableDelegate(listing, thumbnails, theme, self))
        self.setObjectName("table")
        self.setAccessibleName(self.tr("Pictures as a table"))
        self.setHorizontalScrollMode(self.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.sectionClicked.connect(self._on_title_clicked)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        theme.changed.connect(self.viewport().update)
        self._measure()

    def show_order(self, sort_by: SortBy, *, descending: bool) -> None:
        """Mark the column that the list is sorted by."""
        column = column_of(sort_by)
        self.horizontalHeader().setSortIndicatorShown(column >= 0)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, order)

    def step(self, key: Qt.Key) -> int:
        """Rows and screens."""
        rows = max(1, self.viewport().height() // max(1, self.verticalHeader().defaultSectionSize()))
        return {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -rows,
            Qt.Key.Key_PageDown: rows,
        }.get(key, 0)

    def visible_places(self) -> range:
        """The rows in sight."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        return range(first, (self.items.rowCount() if last < 0 else last + 1))

    def place_rect_changed(self, place: int) -> None:
        """The whole row."""
        top = self.rowViewportPosition(place)
        self.viewport().update(0, top, self.viewport().width(), self.rowHeight(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The spare width goes to the names."""
        super().resizeEvent(event)
        self._widen_names()

    def changeEvent(self, event: QEvent) -> None:
        """A new font makes other rows."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(round(metrics.height() * 2.6))
        for column, characters in _WIDTHS.items():
            self.setColumnWidth(column, characters * metrics.averageCharWidth())
        words = QFontMetrics(strong(self.font()))
        longest = max(words.horizontalAdvance(group_title(group)) for group in Group)
        self.setColumnWidth(Column.WORDS, longest + round(metrics.height() * 2.4))
        longest = max(map(metrics.horizontalAdvance, longest_short_words()))
        self.setColumnWidth(Column.EVIDENCE, longest + round(metrics.height() * 2.4))
        self._widen_names()

    def _widen_names(self) -> None:
        others = sum(self.columnWidth(column) for column in Column if column is not Column.NAME)
        least = _WIDTHS[Column.NAME] * self.fontMetrics().averageCharWidth()
        self.setColumnWidth(Column.NAME, max(least, self.viewport().width() - others))

    def _on_title_clicked(self, section: int) -> None:
        sort_by = sort_of(section)
        now = self.listing.store.arrangement
        if sort_by is not None:
            self.sort_asked.emit(sort_by, now.sort_by is sort_by and not now.descending)
