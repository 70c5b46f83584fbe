"""Which items are being tried under harmless changes, and why a try failed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.core.errors import TelltaleError
from desktop_app.core.estimates import Mode
from desktop_app.core.items import Item, ItemState


@dataclass(frozen=True, slots=True)
class Try:
    """How one item's try stands; ``error`` is why the last one failed."""

    running: bool = False
    error: TelltaleError | None = None


_NONE = Try()


def can_be_tried(item: Item) -> bool:
    """Whether harmless changes would say something new; never in the cloud, where each would be an upload."""
    estimate = item.estimate
    return (
        item.state is ItemState.DONE
        and estimate is not None
        and estimate.mode is Mode.OFFLINE
        and (estimate.stability is None or estimate.stability.quick)
    )


class Tries:
    """Begun by the window, ended by the pipeline's event."""

    def __init__(self) -> None:
        self._tries: dict[int, Try] = {}

    def of(self, item_id: int) -> Try:
        """How an item's try stands."""
        return self._tries.get(item_id, _NONE)

    def begin(self, item_id: int) -> None:
        """A try was asked for."""
        self._tries[item_id] = Try(running=True)

    def end(self, item_id: int, error: TelltaleError | None) -> None:
        """It is over; nothing is kept of a try that went well, nor of one that nobody waits for any more."""
        if self._tries.pop(item_id, _NONE).running and error is not None:
            self._tries[item_id] = Try(error=error)

    def take(self, item: Item) -> None:
        """A new snapshot came: a try goes on as long as its item is done, and an old failure is history."""
        if item.state is not ItemState.DONE or not self.of(item.id).running:
            self._tries.pop(item.id, None)

    def forget(self, item_ids: Iterable[int]) -> None:
        """These items are gone."""
        for item_id in item_ids:
            self._tries.pop(item_id, None)

    def clear(self) -> None:
        """The pipeline that was asked is gone."""
        self._tries.clear()
