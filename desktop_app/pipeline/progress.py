"""How far the work has come, from the events alone."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.core.events import Event, ItemChanged, ItemsAdded
from desktop_app.core.items import Item, ItemState

# Long enough to even out large and small pictures, short enough to follow a change of folder.
_WINDOW_SECONDS = 10.0
_CHECKED = frozenset({ItemState.DONE, ItemState.FAILED})


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of the present batch: all that was added or re-run since the queue was last idle.

    ``rate`` is items a second over the last ten seconds (0 when unknown); ``seconds_left`` is None when unknown.
    """

    total: int = 0
    done: int = 0
    failed: int = 0
    cancelled: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    running: bool = False

    @property
    def finished(self) -> int:
        """Items that need no more work."""
        return self.done + self.failed + self.cancelled


class ProgressMeter:
    """Feed it every event; ``now`` is a monotonic time in seconds. Every call costs the same."""

    def __init__(self) -> None:
        self._states: dict[int, ItemState] = {}
        self._counts: Counter[ItemState] = Counter()
        self._finishes: deque[float] = deque()
        self._batch_start = 0.0
        self._unfinished = 0

    def observe(self, event: Event, now: float) -> None:
        """Take note of an event; those that change no item are ignored."""
        if isinstance(event, ItemsAdded):
            for item in event.items:
                self._note(item, now)
        elif isinstance(event, ItemChanged) and self._concerns(event.item):
            self._note(event.item, now)

    def forget(self, item_ids: Iterable[int]) -> None:
        """Leave out items that were removed from the list."""
        for item_id in item_ids:
            state = self._states.pop(item_id, None)
            if state:
                self._count(state, -1)

    def progress(self, now: float) -> Progress:
        """Return the counts as of ``now``."""
        left, rate = self._unfinished, self._rate(now)
        return Progress(
            total=len(self._states),
            done=self._counts[ItemState.DONE],
            failed=self._counts[ItemState.FAILED],
            cancelled=self._counts[ItemState.CANCELLED],
            rate=rate,
            seconds_left=left / rate if left and rate else None,
            running=left > 0,
        )

    def _concerns(self, item: Item) -> bool:
        # Not in the batch: either it is queued again, or it was removed and an event was still on its way.
        return item.id in self._states or item.state is ItemState.QUEUED

    def _note(self, item: Item, now: float) -> None:
        if not item.state.finished and not self._unfinished:
            self._begin_batch(now)
        before = self._states.get(item.id)
        if before:
            self._count(before, -1)
        self._states[item.id] = item.state
        self._count(item.state, 1)
        if item.state in _CHECKED and before is not item.state:
            self._finishes.append(now)

    def _begin_batch(self, now: float) -> None:
        self._states.clear()
        self._counts.clear()
        self._finishes.clear()
        self._unfinished = 0
        self._batch_start = now

    def _count(self, state: ItemState, step: int) -> None:
        self._counts[state] += step
        if not state.finished:
            self._unfinished += step

    def _rate(self, now: float) -> float:
        while self._finishes and self._finishes[0] < now - _WINDOW_SECONDS:
            self._finishes.popleft()
        span = min(_WINDOW_SECONDS, now - self._batch_start)
        return len(self._finishes) / span if span > 0 else 0.0
