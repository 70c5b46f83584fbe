"""Who is where: every item with its token and its identity, changed under one lock, told as events in order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.core.cancel import CancelToken
from desktop_app.core.estimates import Estimate, Mode
from desktop_app.core.events import Event, ItemChanged, ItemRepeated, ItemsAdded
from desktop_app.core.items import Item, ItemState, may_follow
from desktop_app.core.sources import Source
from desktop_app.core.text import plain

Identity = tuple[str, int]
"""Resolved path and modification time in nanoseconds."""


@dataclass(slots=True)
class _Entry:
    item: Item
    token: CancelToken
    identity: Identity | None


class Ledger:
    """The pipeline's memory. All methods may be called from any thread.

    ``emit`` is called under the lock, so that nobody hears of an item's states in the wrong order; it must only
    hand the event on.
    """

    def __init__(self, emit: Callable[[Event], None]) -> None:
        self._emit = emit
        self._changed = threading.Condition(threading.RLock())
        self._entries: dict[int, _Entry] = {}
        self._ids: dict[Identity, int] = {}
        self._next_id = 1
        self._unfinished = 0
        self._outside = 0

    def emit(self, event: Event) -> None:
        """Tell something that changes no item, in order with what does."""
        with self._changed:
            self._emit(event)

    def add(self, sources: Sequence[tuple[Source, Identity | None]], mode: Mode) -> tuple[list[int], list[int]]:
        """List new sources.

        Returns:
            The ids of new items, and the ids of listed ones that were added again.
        """
        with self._changed:
            new: list[Item] = []
            repeated: list[int] = []
            for source, identity in sources:
                known = self._ids.get(identity) if identity else None
                if known is not None:
                    repeated.append(known)
                    continue
                item = Item(self._next_id, source, plain(source.name), mode)
                self._next_id += 1
                self._enter(_Entry(item, CancelToken(), identity))
                new.append(item)
            if new:
                self._emit(ItemsAdded(tuple(new)))
            for item_id in repeated:
                self._emit(ItemRepeated(item_id))
            return [item.id for item in new], repeated

    def begin(self, item_id: int) -> tuple[Item, CancelToken] | None:
        """Move a queued item to reading; None when it is no longer queued."""
        with self._changed:
            entry = self._entries.get(item_id)
            if entry is None or entry.item.state is not ItemState.QUEUED:
                return None
            self._set(entry, state=ItemState.READING)
            return entry.item, entry.token

    def change(self, item_id: int, token: CancelToken, **changes: Any) -> Item | None:  # noqa: ANN401  # Item's fields
        """Apply ``changes`` to the item of the run that holds ``token``; None when that run is over."""
        with self._changed:
            entry = self._entries.get(item_id)
            if entry is None or entry.token is not token or entry.item.state.finished:
                return None
            self._set(entry, **changes)
            return entry.item

    def answered(self, item_id: int) -> tuple[Item, CancelToken, Estimate] | None:
        """Return a done item, the token of its run and its estimate; None when it isn't (any longer) done."""
        with self._changed:
            entry = self._entries.get(item_id)
            if entry is None or entry.item.state is not ItemState.DONE or entry.item.estimate is None:
                return None
            return entry.item, entry.token, entry.item.estimate

    def amend(self, item_id: int, token: CancelToken, estimate: Estimate) -> None:
        """Say more in the estimate of a done item, unless another run than that of ``token`` has begun since."""
        with self._changed:
            entry = self._entries.get(item_id)
            if entry is not None and entry.token is token and entry.item.state is ItemState.DONE:
                self._set(entry, estimate=estimate)

    def put_back(self, item_id: int, token: CancelToken) -> bool:
        """Queue an item of the run that holds ``token`` again, as if it had never been taken."""
        return self.change(item_id, token, state=ItemState.QUEUED) is not None

    def cancel(self, item_ids: Iterable[int]) -> None:
        """End unfinished items at once; what their workers still bring is ignored."""
        for item_id in item_ids:
            with self._changed:
                entry = self._entries.get(item_id)
                if entry is None or entry.item.state.finished:
                    continue
                self._set(entry, state=ItemState.CANCELLED)
                token = entry.token
            token.cancel()

    def restart(self, item_ids: Iterable[int], mode: Mode | None = None) -> list[int]:
        """Queue finished items anew, in ``mode`` if given; returns those that were finished."""
        restarted: list[int] = []
        for item_id in item_ids:
            with self._changed:  # one by one: whoever gives an order meanwhile must not wait for all of them
                entry = self._entries.get(item_id)
                if entry is None or not entry.item.state.finished:
                    continue
                entry.token = CancelToken()
                # The file may be another one by now: nothing of the last run may stand beside the next answer. Its
                # own answer is kept apart, for a run that brings none.
                self._set(
                    entry,
                    state=ItemState.QUEUED,
                    mode=mode or entry.item.mode,
                    sha256=None,
                    size=None,
                    facts=None,
                    findings=None,
                    estimate=None,
                    error=None,
                    elapsed_ms=0.0,
                    earlier=entry.item.estimate or entry.item.earlier,
                )
            restarted.append(item_id)
        return restarted

    def forget(self, item_ids: Iterable[int]) -> None:
        """Drop items from the list; nothing more is heard of them."""
        for item_id in item_ids:
            with self._changed:
                entry = self._entries.pop(item_id, None)
                if entry is None:
                    continue
                if entry.identity and self._ids.get(entry.identity) == item_id:
                    del self._ids[entry.identity]
                if not entry.item.state.finished:
                    self._count(-1)
            entry.token.cancel()

    def restore(self, items: Sequence[Item], identities: Sequence[Identity | None]) -> list[int]:
        """Know forgotten items again (undo), without events; returns those that still have work to do."""
        waiting: list[int] = []
        for item, identity in zip(items, identities, strict=True):
            with self._changed:  # one by one, as above
                if item.id in self._entries:
                    continue
                self._next_id = max(self._next_id, item.id + 1)
                again = item if item.state.finished else replace(item, state=ItemState.QUEUED)
                self._enter(_Entry(again, CancelToken(), identity))
            if not again.state.finished:
                waiting.append(item.id)
        return waiting

    def item(self, item_id: int) -> Item | None:
        """The item's latest snapshot."""
        with self._changed:
            entry = self._entries.get(item_id)
            return entry.item if entry else None

    def unfinished(self) -> list[int]:
        """Ids of all items that are neither done nor failed nor cancelled."""
        with self._changed:
            return [item_id for item_id, entry in self._entries.items() if not entry.item.state.finished]

    def expect(self, count: int) -> None:
        """Count work that will bring items but hasn't yet (a scan), or take it back with a negative count."""
        with self._changed:
            self._outside += count
            self._changed.notify_all()

    def wait_idle(self, timeout: float | None = None) -> bool:
        """Wait until every item is finished and no work is expected; False when ``timeout`` seconds pass first."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._unfinished and not self._outside, timeout)

    def _enter(self, entry: _Entry) -> None:
        self._entries[entry.item.id] = entry
        if entry.identity:
            self._ids[entry.identity] = entry.item.id
        if not entry.item.state.finished:
            self._count(1)

    def _set(self, entry: _Entry, **changes: Any) -> None:  # noqa: ANN401  # Item's fields
        before = entry.item
        after = replace(before, **changes)
        if after.state is not before.state:
            if not may_follow(before.state, after.state):
                raise ValueError(f"an item can't go from {before.state.value} to {after.state.value}")
            self._count(before.state.finished - after.state.finished)
        entry.item = after
        self._emit(ItemChanged(after))

    def _count(self, change: int) -> None:
        self._unfinished += change
        if not self._unfinished:
            self._changed.notify_all()
