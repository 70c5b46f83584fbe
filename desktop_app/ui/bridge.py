"""The one way from the pipeline's threads to the window."""

from __future__ import annotations

from collections import deque
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop_app.core.events import Event, ItemChanged, ItemsAdded

_SLICE_MS = 8.0
_CHUNK = 64  # events handed over at once (each added item is one), and the size to which large additions are cut
_REST_MS = 4  # between two slices, so that painting and typing get their turn


class EventBridge(QObject):
    """Lives in the GUI thread for as long as the window; ``post`` may be called from any thread.

    Events wait in a deque. The GUI thread is woken once, works for at most a few milliseconds at a time, and sees
    only the newest snapshot of an item in every chunk.
    """

    arrived = Signal(object)
    """A list of events, in order."""
    _woken = Signal()

    def __init__(self, parent: QObject | None = None, slice_ms: float = _SLICE_MS) -> None:
        super().__init__(parent)
        self._events: deque[Event] = deque()
        self._awake = False
        self._closed = False
        self._slice = slice_ms / 1000
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._drain)
        self._woken.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def post(self, event: Event) -> None:
        """Hand an event over; returns at once."""
        if self._closed:
            return
        self._events.append(event)
        # Appending before looking, and clearing the flag before popping, means that no event is left behind.
        if not self._awake:
            self._awake = True
            self._woken.emit()

    def close(self) -> None:
        """Drop what waits and everything that still comes."""
        self._closed = True
        self._events.clear()
        self._rest.stop()

    @Slot()
    def _drain(self) -> None:
        self._awake = False
        deadline = perf_counter() + self._slice
        while self._events:
            self.arrived.emit(self._take())
            if perf_counter() > deadline:
                break
        if self._events:
            self._awake = True
            self._rest.start()

    def _take(self) -> list[Event]:
        """The next chunk, without snapshots that a later one in it replaces."""
        taken: list[Event] = []
        place: dict[int, int] = {}
        room = _CHUNK
        while room > 0 and self._events:
            event = self._events.popleft()
            if isinstance(event, ItemsAdded):
                if len(event.items) > room:
                    self._events.appendleft(ItemsAdded(event.items[room:]))
                    event = ItemsAdded(event.items[:room])
                room -= len(event.items)
                taken.append(event)
                continue
            room -= 1
            if isinstance(event, ItemChanged):
                if event.item.id in place:
                    taken[place[event.item.id]] = event
                    continue
                place[event.item.id] = len(taken)
            taken.append(event)
        return taken
