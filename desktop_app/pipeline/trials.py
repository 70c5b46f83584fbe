"""Finished items that are to be tried with harmless changes, in the order of asking."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

from desktop_app.core.cancel import CancelToken


@dataclass(frozen=True, slots=True)
class Trial:
    """An item that somebody wants to see tried; ``token`` withdraws this trial, never the item's own run."""

    item_id: int
    token: CancelToken


class Trials:
    """One runs at a time, so that a large picture (seconds) never holds up every decoding thread.

    Not safe by itself: the workbench's lock guards it.
    """

    def __init__(self) -> None:
        self._waiting: deque[Trial] = deque()
        self._running: Trial | None = None

    @property
    def ready(self) -> bool:
        """Whether there is one to take, and none is running."""
        return bool(self._waiting) and self._running is None

    def add(self, item_id: int) -> bool:
        """Let an item wait; False when it waits or runs already."""
        if any(trial.item_id == item_id and not trial.token.cancelled for trial in self._all()):
            return False
        self._waiting.append(Trial(item_id, CancelToken()))
        return True

    def take(self) -> Trial:
        """Begin the next one; ends with :meth:`ended`."""
        self._running = self._waiting.popleft()
        return self._running

    def ended(self) -> None:
        """Let the next one begin."""
        self._running = None

    def of(self, item_ids: Collection[int] | None) -> list[Trial]:
        """The trials of these items; None for all."""
        return [trial for trial in self._all() if item_ids is None or trial.item_id in item_ids]

    def drain(self) -> list[Trial]:
        """Let none wait any more, and return those that did."""
        waiting = list(self._waiting)
        self._waiting.clear()
        return waiting

    def _all(self) -> list[Trial]:
        return [*self._waiting, *([self._running] if self._running else [])]
