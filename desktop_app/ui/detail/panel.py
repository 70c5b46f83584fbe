"""The detail panel: one item, several, or none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop_app.core.picture import Raster
from desktop_app.ui.detail.many_items import ManyItems
from desktop_app.ui.detail.one_item import OneItem
from desktop_app.ui.icons import Icons
from desktop_app.ui.listing.listing import Listing
from desktop_app.ui.listing.thumbnails import Thumbnails
from desktop_app.ui.panels.buttons import label
from desktop_app.ui.theme import Theme
from desktop_app.ui.tries import Tries

_SETTLED_MS = 120  # running through the list with the arrow keys must not ask for every picture


class DetailPanel(QScrollArea):
    """Follows the selection while it is in sight."""

    retry_asked = Signal(int)
    changes_asked = Signal(int)
    copy_asked = Signal(str)
    host_allowed = Signal(str)
    link_asked = Signal(str)
    lists_asked = Signal()
    step_asked = Signal(object)

    def __init__(
        self,
        listing: Listing,
        thumbnails: Thumbnails,
        tries: Tries,
        request_preview: Callable[[int, int], None],
        theme: Theme,
        icons: Icons,
    ) -> None:
        super().__init__()
        self._listing = listing
        self._thumbnails = thumbnails
        self._tries = tries
        self._request = request_preview
        self._shown: int | None = None
        self._has_preview = False
        self.one, self._many = OneItem(theme, icons), ManyItems(theme)
        self.one.retry_asked.connect(self.retry_asked)
        self.one.changes_asked.connect(self.changes_asked)
        self.one.copy_asked.connect(self.copy_asked)
        self.one.host_allowed.connect(self.host_allowed)
        self.one.link_asked.connect(self.link_asked)
        self.one.lists_asked.connect(self.lists_asked)
        self.one.step_asked.connect(self.step_asked)
        self._pages = _Pages()
        self._none = self._nothing()
        for page in (self._none, self.one, self._many):
            self._pages.add(page)
        self.setWidget(self._pages)
        self.setWidgetResizable(True)
        self.setObjectName("detail")
        self.setAccessibleName(self.tr("Details"))
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._ask)
        listing.selected.connect(self.refresh)
        listing.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Show what is selected now."""
        if self.isHidden():
            return
        items = self._listing.selected_items()
        if len(items) == 1:
            self._show_one(items[0].id)
        else:
            self._shown = None
            self._pages.show_page(self._many if items else self._none)
            if items:
                self._many.show_items(items)

    def show_preview(self, item_id: int, raster: Raster | None) -> None:
        """The larger picture came."""
        if item_id == self._shown and raster is not None:
            self._has_preview = True
            self.one.show_picture(raster)

    def reveal_reason(self) -> None:
        """Scroll to why the picture is out of range; who asks wants the estimate."""
        self.one.show_anyway()
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.one.answer))

    def reveal_changes(self) -> None:
        """Scroll to what harmless changes do."""
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.one.changes))

    def show_tried(self, item_id: int) -> None:
        """The changes were tried: their list, longer than the button was, comes whole into sight."""
        if item_id == self._shown and not self.one.changes.visibleRegion().isEmpty():
            self._show_one(item_id)
            self.reveal_changes()

    def _show_one(self, item_id: int) -> None:
        item = self._listing.store.get(item_id)
        if item is None:
            return
        other = item_id != self._shown
        self._shown = item_id
        self.one.show_item(item, self._tries.of(item_id))
        self._pages.show_page(self.one)
        if other:
            self._has_preview = False
            self.verticalScrollBar().setValue(0)
        if not self._has_preview:
            self.one.show_picture(self._thumbnails.raster(item_id))
            self._settled.start()

    def _on_changed(self, item_ids: set[int]) -> None:
        if self.isHidden():
            return
        if self._shown is not None and self._shown in item_ids:
            self._show_one(self._shown)
        elif self._pages.shows(self._many) and not item_ids.isdisjoint(self._listing.selection.ids):
            self.refresh()

    def _ask(self) -> None:
        item = None if self._shown is None else self._listing.store.get(self._shown)
        if item is not None and item.facts is not None and not self._has_preview:
            self._request(item.id, self.one.picture.side_in_pixels())

    def _nothing(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        text = label(self.tr("Select a picture to see what it gives away."), "muted", wrap=True)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(text)
        return page


class _Pages(QWidget):
    """One page at a time. Not a stack: that is as high as its highest page, and would always scroll."""

    def __init__(self) -> None:
        super().__init__()
        self._pages: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def add(self, page: QWidget) -> None:
        # Into the layout first: a widget without a parent that is shown is a window of its own.
        self._layout.addWidget(page)
        page.setVisible(not self._pages)
        self._pages.append(page)

    def shows(self, page: QWidget) -> bool:
        return not page.isHidden()

    def show_page(self, page: QWidget) -> None:
        for other in self._pages:
            other.setVisible(other is page)
