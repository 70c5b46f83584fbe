"""What lies ready for the worker threads, in the order in which people want to see it."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from desktop_app.core.cancel import CancelToken
from desktop_app.core.items import Item

# Thumbnails that nobody asked for lately have been scrolled past; older wishes are dropped.
_MOST_WISHES = 120
# Bytes of picture files in memory over which nothing more is read; one file may have 512 MB.
_MOST_BYTES = 512 * 2**20


class Lane(Enum):
    """Where an item's bytes come from; a slow server must not hold up the disk."""

    DISK = "disk"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Loaded:
    """An item whose bytes are in memory; ``started`` is the monotonic time in seconds when reading began."""

    item: Item
    token: CancelToken
    data: bytes
    started: float


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture for the eye alone: a thumbnail that was evicted, or the larger picture in the detail panel."""

    item_id: int
    side: int
    preview: bool


class Workbench:
    """Queued ids for the reading threads, loaded items and wishes for the decoding threads.

    At most ``capacity`` pictures lie loaded or are being read from a lane at a time, so that a fast disk can't
    fill the memory; at most ``handed_out`` are with the decoding threads and the detectors, so that a slow
    detector can't. Wishes don't wait for a detector.
    """

    def __init__(self, capacity: int, handed_out: int = 8) -> None:
        self._capacity = capacity
        self._room = handed_out
        self._bytes = 0
        self._condition = threading.Condition()
        self._queued: dict[Lane, deque[int]] = {lane: deque() for lane in Lane}
        self._loaded: deque[Loaded] = deque()
        self._wishes: OrderedDict[tuple[int, bool], Wish] = OrderedDict()
        self._reading: Counter[Lane] = Counter()
        self._paused = False
        self._closed = False

    def queue(self, item_ids: Iterable[int], *, lane: Lane = Lane.DISK, first: bool = False) -> None:
        """Put items at the end of a lane, or at its head."""
        with self._condition:
            if first:
                self._queued[lane].extendleft(reversed(list(item_ids)))
            else:
                self._queued[lane].extend(item_ids)
            self._condition.notify_all()

    def next_queued(self, lane: Lane = Lane.DISK) -> int | None:
        """Wait for an item to read (and for room to put it); None when closed. Ends with :meth:`put_loaded`."""
        with self._condition:
            self._condition.wait_for(lambda: self._may_read(lane))
            if self._closed:
                return None
            self._reading[lane] += 1
            return self._queued[lane].popleft()

    def put_loaded(self, loaded: Loaded | None, lane: Lane = Lane.DISK) -> None:
        """Hand over what was read, or None when reading came to nothing."""
        with self._condition:
            self._reading[lane] -= 1
            if loaded is not None and not self._closed:
                self._loaded.append(loaded)
                self._bytes += len(loaded.data)
            self._condition.notify_all()

    def next_work(self) -> Loaded | Wish | None:
        """Wait for something to decode, the newest wish first; None when closed.

        A loaded item (not a wish) ends with :meth:`finished`.
        """
        with self._condition:
            self._condition.wait_for(lambda: self._closed or self._wishes or (self._loaded and self._room > 0))
            if self._closed:
                return None
            if self._wishes:
                return self._wishes.popitem(last=True)[1]
            self._room -= 1
            loaded = self._loaded.popleft()
            self._condition.notify_all()
            return loaded

    def finished(self, loaded: Loaded) -> None:
        """Make room for another one after ``loaded``."""
        with self._condition:
            self._room += 1
            self._bytes -= len(loaded.data)
            self._condition.notify_all()

    def wish(self, wish: Wish) -> None:
        """Ask for a picture for the eye; previews replace each other, old thumbnails are dropped."""
        with self._condition:
            if wish.preview:
                for key in [key for key in self._wishes if key[1]]:
                    del self._wishes[key]
            self._wishes[wish.item_id, wish.preview] = wish
            self._wishes.move_to_end((wish.item_id, wish.preview))
            while len(self._wishes) > _MOST_WISHES:
                self._wishes.popitem(last=False)
            self._condition.notify_all()

    def pause(self, *, paused: bool) -> bool:
        """Stop or go on handing out queued items; returns whether that changed anything."""
        with self._condition:
            changed = paused is not self._paused
            self._paused = paused
            self._condition.notify_all()
            return changed

    def close(self) -> None:
        """Wake everybody with None."""
        with self._condition:
            self._closed = True
            for lane in self._queued.values():
                lane.clear()
            self._loaded.clear()
            self._wishes.clear()
            self._condition.notify_all()

    def _may_read(self, lane: Lane) -> bool:
        if self._closed:
            return True
        room = len(self._loaded) + self._reading[lane] < self._capacity and self._bytes < _MOST_BYTES
        return bool(self._queued[lane]) and room and not self._paused
