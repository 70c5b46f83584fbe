"""The queues of what is to be read, by where the bytes come from and who will answer."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from desktop_app.core.estimates import Mode


class Lane(Enum):
    """Where an item's bytes come from; a slow server must not hold up the disk."""

    DISK = "disk"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Place:
    """A queued item's id and its queue."""

    item_id: int
    lane: Lane
    mode: Mode


class Line:
    """One lane's items, each mode in a queue of its own: a slow detector must not hold up the other one.

    Between the modes the order of queueing holds. Not safe by itself: the workbench's lock guards it.
    """

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._queues: dict[Mode, deque[tuple[int, int]]] = {mode: deque() for mode in Mode}
        self._first = self._last = 0

    def put(self, item_ids: Iterable[int], mode: Mode, *, first: bool) -> None:
        """Put items at the end, or at the head."""
        queue = self._queues[mode]
        if not first:
            for item_id in item_ids:
                self._last += 1
                queue.append((self._last, item_id))
            return
        for item_id in reversed(list(item_ids)):
            self._first -= 1
            queue.appendleft((self._first, item_id))

    def next_mode(self, has_room: Callable[[Mode], bool]) -> Mode | None:
        """Return whose turn it is among the modes that have room."""
        waiting = [mode for mode, queue in self._queues.items() if queue and has_room(mode)]
        return min(waiting, key=lambda mode: self._queues[mode][0]) if waiting else None

    def take(self, mode: Mode) -> Place:
        """Take the first item of ``mode``, which must have one."""
        return Place(self._queues[mode].popleft()[1], self._lane, mode)

    def clear(self) -> None:
        """Let nothing wait any more."""
        for queue in self._queues.values():
            queue.clear()
