"""The middle of the window: the empty page or the list, and the detail beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from desktop_app.ui.detail.panel import DetailPanel
from desktop_app.ui.listing.listing import Listing
from desktop_app.ui.panels.empty_page import EmptyPage
from desktop_app.ui.panels.no_match import NoMatch
from desktop_app.ui.views.grid_view import GridView
from desktop_app.ui.views.item_view import ItemView
from desktop_app.ui.views.table_view import TableView

_PATIENCE_MS = 600
_LIST_MARGIN = 10  # brings the cards under the tools


class WorkArea(QSplitter):
    """Decides which page is seen."""

    emptied = Signal(bool)
    """Whether the list is empty, when that changes."""

    def __init__(
        self, listing: Listing, empty: EmptyPage, grid: GridView, table: TableView, detail: DetailPanel
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._listing = listing
        self._was_empty: bool | None = None
        self._expecting = False
        self._detail_wanted = True
        self._table_wanted = False
        self.empty, self.grid, self.table, self.detail = empty, grid, table, detail
        self.no_match = NoMatch()
        self._stack = QStackedWidget()
        for page in (empty, grid, table, self.no_match):
            self._stack.addWidget(page)
        self.addWidget(self._stack)
        self.addWidget(detail)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        detail.setMinimumWidth(detail.fontMetrics().averageCharWidth() * 34)
        self.setSizes([880, 340])
        listing.arranged.connect(self.refresh)
        listing.counted.connect(self.refresh)
        self.refresh()

    @property
    def view(self) -> ItemView:
        """The view that was chosen."""
        return self.table if self._table_wanted else self.grid

    def choose_view(self, *, table: bool) -> None:
        """Grid or table."""
        self._table_wanted = table
        self.refresh()

    def choose_detail(self, *, visible: bool) -> None:
        """With or without the detail panel."""
        self._detail_wanted = visible
        self.refresh()

    def expect(self) -> None:
        """Make room for items that are on their way; the empty page comes back when there are none."""
        self._expecting = True
        self.refresh()
        QTimer.singleShot(_PATIENCE_MS, self, self._give_up)

    def _give_up(self) -> None:
        self._expecting = False
        self.refresh()

    def refresh(self) -> None:
        """Show the page that fits."""
        empty = not len(self._listing.store) and not self._expecting
        self._show_page(self.empty if empty else self._list_page())
        if self.detail.isHidden() is (self._detail_wanted and not empty):
            self.detail.setVisible(self._detail_wanted and not empty)
            self.detail.refresh()
        if empty is not self._was_empty:
            self._was_empty = empty
            self.emptied.emit(empty)

    def _list_page(self) -> QWidget:
        store = self._listing.store
        return self.no_match if store.arrangement.filtered and not len(store.order) else self.view

    def _show_page(self, page: QWidget) -> None:
        before = self._stack.currentWidget()
        if before is not page:
            self._stack.setContentsMargins(0 if page is self.empty else _LIST_MARGIN, 0, 0, 0)
            focused = before is not None and before.hasFocus()
            self._stack.setCurrentWidget(page)
            if focused:
                page.setFocus()
