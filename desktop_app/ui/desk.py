"""The window's working desk: takes the pipeline's events, gives it orders. No widgets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from desktop_app.core.estimates import Mode
from desktop_app.core.events import (
    ChangesTried,
    Event,
    FolderScanned,
    ItemChanged,
    ItemRepeated,
    ItemsAdded,
    PauseChanged,
    PreviewReady,
    ServiceWait,
    ThumbnailReady,
    Warned,
)
from desktop_app.core.items import Item
from desktop_app.core.sources import Source
from desktop_app.pipeline.progress import Progress, ProgressMeter
from desktop_app.ui.bridge import EventBridge
from desktop_app.ui.listing.groups import Group
from desktop_app.ui.listing.listing import Listing
from desktop_app.ui.listing.thumbnails import Thumbnails
from desktop_app.ui.phrases import grouped
from desktop_app.ui.tries import Tries, can_be_tried

if TYPE_CHECKING:
    from desktop_app.ui.ports import Queue

translate = QCoreApplication.translate

_PROGRESS_MS = 250
_MOST_UNDOS = 50
_ROOM_MS = 30  # two frames


class Desk(QObject):
    """Items, thumbnails and progress of one session."""

    noticed = Signal(str)
    """A sentence for the notice bar."""
    warned = Signal(str)
    """The same, when something is wrong."""
    paused = Signal(bool)
    blocked = Signal(object)
    """The error that paused the queue by itself; None when it goes on or somebody paused it."""
    waiting = Signal(float)
    """For how many seconds the cloud service asked for a pause; 0 when it goes on."""
    previewed = Signal(int, object)
    """A larger picture (or None) of an item."""
    tried = Signal(int)
    """Harmless changes of an item were tried, or that failed."""
    progressed = Signal()
    expected = Signal()
    """Something was added to the empty list; its first items follow in a moment."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = EventBridge(self)
        self.bridge.arrived.connect(self.take)
        self.listing = Listing(self)
        self.thumbnails = Thumbnails(self._request_thumbnail, self)
        self.tries = Tries()
        self.most_sources = 0
        self.undoable = False
        self._queue: Queue | None = None
        self._meter = ProgressMeter()
        self._removed: list[list[Item]] = []
        self._ticking = QTimer(self)
        self._ticking.setInterval(_PROGRESS_MS)
        self._ticking.timeout.connect(self._tick)

    def open(self, start: Callable[[Callable[[Event], None]], Queue]) -> None:
        """Start the pipeline."""
        self._queue = start(self.bridge.post)

    def reopen(self, start: Callable[[Callable[[Event], None]], Queue]) -> None:
        """Start another pipeline (new limits), which takes over the list; only while nothing runs."""
        old, self._queue = self._queue, None
        if old is None:
            return
        self.forget_removed()
        self._stop_waiting()
        threading.Thread(target=old.close, name="closing", daemon=True).start()
        self.open(start)
        self._hand_over()

    def _stop_waiting(self) -> None:
        # Whatever the old pipeline was trying, nobody will be told.
        self.tries.clear()
        self.listing.touch(self.listing.selection.ids)

    def _hand_over(self) -> None:
        store = self.listing.store
        items = [item for item in map(store.get, store.all_ids()) if item is not None]
        if items and self._queue is not None:
            self._queue.restore(items)

    def close(self) -> threading.Thread | None:
        """End everything; returns the thread in which the pipeline ends, for whoever wants to wait."""
        self.bridge.close()
        self._ticking.stop()
        queue, self._queue = self._queue, None
        if queue is None:
            return None
        closing = threading.Thread(target=queue.close, name="closing", daemon=True)
        closing.start()
        return closing

    def progress(self) -> Progress:
        """Counts, rate and time left."""
        return self._meter.progress(monotonic())

    # ------------------------------------------------------------ orders

    def add(self, sources: Sequence[Source], mode: Mode) -> None:
        """Check new things."""
        if self._queue is None or not sources:
            return
        if len(self.listing.store):
            self._queue.add(sources, mode)
        else:
            # The list takes its place before the threads wake up and want Python's lock: measured at a drop of
            # 2,000 files, both at once held up the window for 50-150 ms.
            self.expected.emit()
            QTimer.singleShot(_ROOM_MS, self, lambda: self._add_now(sources, mode))

    def _add_now(self, sources: Sequence[Source], mode: Mode) -> None:
        if self._queue is not None:
            self._queue.add(sources, mode)

    def retry(self, item_ids: Iterable[int], mode: Mode | None = None) -> None:
        """Check these again, in another mode if given."""
        if self._queue is not None:
            self._queue.retry(list(item_ids), mode)

    def retry_failed(self) -> None:
        """Check again what failed."""
        self.retry(self.listing.store.ids_in(Group.FAILED))

    def try_changes(self, item_id: int) -> None:
        """Ask whether an item's answer stands harmless changes; :attr:`tried` follows."""
        item = self.listing.store.get(item_id)
        if self._queue is None or item is None or not can_be_tried(item) or self.tries.of(item_id).running:
            return
        self.tries.begin(item_id)
        self._queue.try_changes(item_id)
        self.listing.touch([item_id])

    def cancel(self, item_ids: Iterable[int]) -> None:
        """Withdraw these."""
        if self._queue is not None:
            self._queue.cancel(list(item_ids))

    def cancel_all(self) -> None:
        """Withdraw everything unfinished."""
        if self._queue is not None:
            self._queue.cancel_all()

    def pause(self, pausing: bool) -> None:  # noqa: FBT001  # the slot of a signal
        """Pause or go on; :attr:`paused` follows when it is done."""
        if self._queue is not None:
            (self._queue.pause if pausing else self._queue.resume)()

    def request_preview(self, item_id: int, side: int) -> None:
        """Ask for a larger picture."""
        if self._queue is not None:
            self._queue.request_preview(item_id, side)

    def remove(self, item_ids: Sequence[int]) -> None:
        """Take items off the list; nothing happens to the files."""
        if self._queue is None or not item_ids:
            return
        self._queue.forget(item_ids)
        self._meter.forget(item_ids)
        self._removed = [*self._removed, self.listing.remove(item_ids)][-_MOST_UNDOS:]
        self.undoable = True
        self.thumbnails.forget(item_ids)
        self.tries.forget(item_ids)
        self.progressed.emit()

    def undo_remove(self) -> None:
        """Put what was removed last back on the list."""
        if self._queue is None or not self._removed:
            return
        items = self._removed.pop()
        self.undoable = bool(self._removed)
        self._queue.restore(items)
        self._observe(ItemsAdded(tuple(items)))
        self.listing.put(items)
        self.listing.settle()
        self.listing.select(item.id for item in items)

    def forget_removed(self) -> None:
        """Give up undoing."""
        self._removed.clear()
        self.undoable = False

    # ------------------------------------------------------------ events

    def take(self, events: Sequence[Event]) -> None:
        """Take a chunk of events from the bridge."""
        news: dict[int, Item] = {}
        repeated = 0
        for event in events:
            self._observe(event)
            if isinstance(event, ItemsAdded):
                news.update((item.id, item) for item in event.items)
            elif isinstance(event, ItemChanged):
                # Removed items may still have events on the way.
                if event.item.id in news or self.listing.store.get(event.item.id) is not None:
                    news[event.item.id] = event.item
                    self.tries.take(event.item)
            elif isinstance(event, ThumbnailReady):
                self.thumbnails.put(event.item_id, event.raster)
                self.listing.touch([event.item_id])
            elif isinstance(event, ItemRepeated):
                repeated += 1
            else:
                self._tell(event)
        if news:
            self._put(list(news.values()))
        if repeated:
            self.noticed.emit(_repeated_sentence(repeated))

    def _put(self, items: list[Item]) -> None:
        for item in items:
            if item.estimate is not None:
                self.most_sources = max(self.most_sources, len(item.estimate.sources))
        self.listing.put(items)
        if not self._ticking.isActive():
            self._ticking.start()
            self._tick()

    def _observe(self, event: Event) -> None:
        self._meter.observe(event, monotonic())

    def _tell(self, event: Event) -> None:
        if isinstance(event, PreviewReady):
            self.previewed.emit(event.item_id, event.raster)
        elif isinstance(event, ChangesTried):
            self.tries.end(event.item_id, event.error)
            self.listing.touch([event.item_id])
            self.tried.emit(event.item_id)
        elif isinstance(event, PauseChanged):
            self.paused.emit(event.paused)
            self.blocked.emit(event.error)
            self.progressed.emit()
        elif isinstance(event, ServiceWait):
            self.waiting.emit(event.seconds)
        elif isinstance(event, Warned):
            self.warned.emit(event.message)
        elif isinstance(event, FolderScanned) and event.skipped:
            self.noticed.emit(_skipped_sentence(event))

    def _tick(self) -> None:
        if not self.progress().running:
            self._ticking.stop()
        self.progressed.emit()

    def _request_thumbnail(self, item_id: int) -> None:
        if self._queue is not None:
            self._queue.request_thumbnail(item_id)


def _skipped_sentence(event: FolderScanned) -> str:
    if event.skipped == 1:
        text = translate("Desk", "1 hidden system file in “{name}” was skipped.")
    else:
        text = translate("Desk", "{n} hidden system files in “{name}” were skipped.")
    return text.format(n=grouped(event.skipped), name=event.name)


def _repeated_sentence(count: int) -> str:
    if count == 1:
        return translate("Desk", "This picture is already in the list; it is checked again.")
    text = translate("Desk", "{n} pictures are already in the list; they are checked again.")
    return text.format(n=grouped(count))
