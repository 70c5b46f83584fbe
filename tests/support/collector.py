"""Listens to a pipeline the way window and command line do, and answers questions about what it heard."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from desktop_app.core.events import Event, ItemChanged, ItemsAdded
from desktop_app.core.items import Item, ItemState

Kind = TypeVar("Kind")


class Collector:
    """Give its ``emit`` to a pipeline."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._changed = threading.Condition()

    def emit(self, event: Event) -> None:
        """Take an event, from any thread."""
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def items(self) -> dict[int, Item]:
        """The latest snapshot of every item, by id."""
        latest: dict[int, Item] = {}
        for event in list(self.events):
            if isinstance(event, ItemsAdded):
                latest.update({item.id: item for item in event.items})
            elif isinstance(event, ItemChanged):
                latest[event.item.id] = event.item
        return latest

    def by_name(self) -> dict[str, Item]:
        """The latest snapshot of every item, by name."""
        return {item.name: item for item in self.items().values()}

    def states(self, item_id: int) -> list[ItemState]:
        """The states that an item went through, in order, without repeats."""
        seen: list[ItemState] = []
        for event in self.events:
            found = [event.item] if isinstance(event, ItemChanged) else []
            found += event.items if isinstance(event, ItemsAdded) else []
            seen += [
                item.state for item in found if item.id == item_id and (not seen or seen[-1] is not item.state)
            ]
        return seen

    def of(self, kind: type[Kind]) -> list[Kind]:
        """All events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]

    def wait_for(self, condition: Callable[[], bool], timeout: float = 20.0) -> bool:
        """Wait until ``condition`` holds after some event; False when ``timeout`` seconds pass first."""
        with self._changed:
            return self._changed.wait_for(condition, timeout)
