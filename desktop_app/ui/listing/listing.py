"""The list as the window sees it: the store and the selection, with signals that are sent in moderation."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_app.core.items import Item
from desktop_app.ui.listing.groups import Group
from desktop_app.ui.listing.order import Arrangement
from desktop_app.ui.listing.selection import Selection
from desktop_app.ui.listing.store import ItemStore

_SETTLE_MS = 250  # at most four new orders a second while results stream in
_NEXT_SLICE_MS = 30  # … but a large list is put in order slice by slice
_REPAINT_MS = 40
_COUNT_MS = 160


class Listing(QObject):
    """Owner of the items, their order and the selection."""

    arranged = Signal()
    """The shown ids or their order changed."""
    changed = Signal(object)
    """A set of ids whose cards look different now."""
    counted = Signal()
    """How many items there are, or how many on each heap, changed."""
    selected = Signal()
    """The selection or the current item changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = ItemStore()
        self.selection = Selection()
        self._dirty: set[int] = set()
        self._settling = self._timer(_SETTLE_MS, self.settle)
        self._repainting = self._timer(_REPAINT_MS, self._send_changed)
        self._counting = self._timer(_COUNT_MS, self.counted.emit)

    def put(self, items: Iterable[Item]) -> None:
        """Take new items or snapshots; what is seen follows within a quarter of a second."""
        taken = list(items)
        was_empty = not len(self.store)
        self.store.put(taken)
        self.touch(item.id for item in taken)
        if not self._counting.isActive():
            self._counting.start(_COUNT_MS)
        if was_empty:
            self.settle()
            self._counting.start(0)  # a turn of the event loop later: both at once would be a long one
        elif self.store.unsettled and not self._settling.isActive():
            self._settling.start(_SETTLE_MS)

    def touch(self, item_ids: Iterable[int]) -> None:
        """Have these cards painted anew (a thumbnail came)."""
        self._dirty.update(item_ids)
        if self._dirty and not self._repainting.isActive():
            self._repainting.start()

    def remove(self, item_ids: Iterable[int]) -> list[Item]:
        """Take items out at once; the one after them becomes current."""
        gone = set(item_ids)
        heir = self._heir(gone)
        items = self.store.remove(gone)
        self.selection.drop(gone)
        self.arranged.emit()
        self.counted.emit()
        if heir is not None:
            self.selection.only(heir)
        self.selected.emit()
        return items

    def arrange(self, arrangement: Arrangement) -> None:
        """Sort and filter anew, at once."""
        if arrangement == self.store.arrangement:
            return
        self.store.arrange(arrangement)
        self.arranged.emit()
        self.selected.emit()

    def settle(self) -> None:
        """Move what changed to its place now."""
        self._settling.stop()
        if self.store.settle():
            self.arranged.emit()
        if self.store.unsettled:
            self._settling.start(_NEXT_SLICE_MS)

    def selected_ids(self) -> list[int]:
        """The selected items that are shown, in order: actions touch only what is seen."""
        ids = self.selection.ids
        if len(ids) <= 1:
            return [item_id for item_id in ids if item_id in self.store.order]
        return [item_id for item_id in self.store.order if item_id in ids]

    def selected_items(self) -> list[Item]:
        """The same, as snapshots."""
        return [item for item in map(self.store.get, self.selected_ids()) if item is not None]

    def count(self, group: Group) -> int:
        """How many items lie on a heap."""
        return self.store.counts[group]

    def pick(self, item_id: int, modifiers: Qt.KeyboardModifier, *, by_key: bool = False) -> None:
        """Select as a click (or an arrow key) with these modifiers does everywhere else."""
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.selection.extend_to(item_id, self.store.order, keep=control)
        elif control and by_key:
            self.selection.move_to(item_id)
        elif control:
            self.selection.toggle(item_id)
        else:
            self.selection.only(item_id)
        self.selected.emit()

    def toggle(self, item_id: int) -> None:
        """Select or let go of one item."""
        self.selection.toggle(item_id)
        self.selected.emit()

    def select_all(self) -> None:
        """Select all that are shown."""
        self.selection.take(self.store.order)
        self.selected.emit()

    def select(self, item_ids: Iterable[int]) -> None:
        """Select exactly these."""
        self.selection.take(item_ids)
        self.selected.emit()

    def clear_selection(self) -> None:
        """Select nothing."""
        self.selection.clear()
        self.selected.emit()

    def _heir(self, gone: set[int]) -> int | None:
        """The item that takes the place of a current item that goes."""
        order, current = self.store.order, self.selection.current
        if current not in gone or current not in order:
            return None
        place = order.index(current)
        behind = (item_id for item_id in order[place:] if item_id not in gone)
        before = (item_id for item_id in reversed(order[:place]) if item_id not in gone)
        return next(behind, next(before, None))

    def _send_changed(self) -> None:
        dirty, self._dirty = self._dirty, set()
        self.changed.emit(dirty)

    def _timer(self, milliseconds: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer
