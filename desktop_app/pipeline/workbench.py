"""What lies ready for the worker threads, in the order in which people want to see it."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from desktop_app.core.cancel import CancelToken
from desktop_app.core.estimates import Mode
from desktop_app.core.items import Item
from desktop_app.pipeline.lanes import Lane, Line, Place
from desktop_app.pipeline.trials import Trial, Trials

# Thumbnails that nobody asked for lately have been scrolled past; older wishes are dropped.
_MOST_WISHES = 120
# Bytes of picture files in memory over which nothing more is read; one file may have 512 MB.
_MOST_BYTES = 512 * 2**20


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


Work = Loaded | Trial | Wish


class Workbench:
    """Queued ids for the reading threads; loaded items, trials and wishes for the decoding threads.

    For each mode at most ``capacity`` pictures lie loaded or are being read from a lane at a time, so that a fast
    disk can't fill the memory; at most ``handed_out`` are with the decoding threads and the detector, so that a
    slow detector can't. Wishes and trials don't wait for that.
    """

    def __init__(self, capacity: int, handed_out: int = 8) -> None:
        self._capacity = capacity
        self._room = dict.fromkeys(Mode, handed_out)
        self._bytes = 0
        self._condition = threading.Condition()
        self._queued = {lane: Line(lane) for lane in Lane}
        self._loaded: dict[Mode, deque[Loaded]] = {mode: deque() for mode in Mode}
        self._wishes: OrderedDict[tuple[int, bool], Wish] = OrderedDict()
        self._trials = Trials()
        self._reading: Counter[tuple[Lane, Mode]] = Counter()
        self._paused = False
        self._closed = False

    def queue(
        self,
        item_ids: Iterable[int],
        *,
        lane: Lane = Lane.DISK,
        mode: Mode = Mode.OFFLINE,
        first: bool = False,
    ) -> None:
        """Put items at the end of a lane, or at its head."""
        with self._condition:
            self._queued[lane].put(item_ids, mode, first=first)
            self._condition.notify_all()

    def next_queued(self, lane: Lane = Lane.DISK) -> Place | None:
        """Wait for an item to read (and for room to put it); None when closed. Ends with :meth:`put_loaded`."""
        with self._condition:
            self._condition.wait_for(lambda: self._closed or self._readable(lane) is not None)
            mode = None if self._closed else self._readable(lane)
            if mode is None:
                return None
            self._reading[lane, mode] += 1
            return self._queued[lane].take(mode)

    def put_loaded(self, loaded: Loaded | None, place: Place) -> None:
        """Hand over what was read, or None when reading came to nothing."""
        with self._condition:
            self._reading[place.lane, place.mode] -= 1
            if loaded is not None and not self._closed:
                self._loaded[loaded.item.mode].append(loaded)
                self._bytes += len(loaded.data)
            self._condition.notify_all()

    def next_work(self) -> Work | None:
        """Wait for something to decode: the newest wish, then trials, then items; None when closed.

        A loaded item ends with :meth:`finished`, a trial with :meth:`tried`.
        """
        with self._condition:
            self._condition.wait_for(
                lambda: self._closed or self._wishes or self._trials.ready or self._decodable() is not None
            )
            if self._closed:
                return None
            if self._wishes:
                return self._wishes.popitem(last=True)[1]
            if self._trials.ready:
                return self._trials.take()
            return self._take_loaded()

    def finished(self, loaded: Loaded) -> None:
        """Make room for another one after ``loaded``."""
        with self._condition:
            self._room[loaded.item.mode] += 1
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

    def ask_trial(self, item_id: int) -> bool:
        """Ask for harmless changes of an item; False when it waits for that already, or all is closed."""
        with self._condition:
            added = not self._closed and self._trials.add(item_id)
            self._condition.notify_all()
            return added

    def tried(self) -> None:
        """Let the next trial begin."""
        with self._condition:
            self._trials.ended()
            self._condition.notify_all()

    def withdraw_trials(self, item_ids: Collection[int] | None = None) -> None:
        """Withdraw the trials of these items, or all; who runs them tells their end."""
        with self._condition:
            trials = self._trials.of(item_ids)
        for trial in trials:
            trial.token.cancel()

    def pause(self, *, paused: bool) -> bool:
        """Stop or go on handing out queued items; returns whether that changed anything."""
        with self._condition:
            changed = paused is not self._paused
            self._paused = paused
            self._condition.notify_all()
            return changed

    def close(self) -> list[Trial]:
        """Wake everybody with None; returns the trials that nobody will run."""
        with self._condition:
            self._closed = True
            for line in self._queued.values():
                line.clear()
            for loaded in self._loaded.values():
                loaded.clear()
            self._wishes.clear()
            self._condition.notify_all()
            return self._trials.drain()

    def _readable(self, lane: Lane) -> Mode | None:
        if self._paused or self._bytes >= _MOST_BYTES:
            return None
        return self._queued[lane].next_mode(lambda mode: self._may_read(lane, mode))

    def _may_read(self, lane: Lane, mode: Mode) -> bool:
        return len(self._loaded[mode]) + self._reading[lane, mode] < self._capacity

    def _decodable(self) -> Mode | None:
        ready = [mode for mode, loaded in self._loaded.items() if loaded and self._room[mode] > 0]
        return min(ready, key=lambda mode: self._loaded[mode][0].started) if ready else None

    def _take_loaded(self) -> Loaded | None:
        mode = self._decodable()
        if mode is None:
            return None
        self._room[mode] -= 1
        loaded = self._loaded[mode].popleft()
        self._condition.notify_all()
        return loaded
