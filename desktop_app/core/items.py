"""One dropped thing on its way to a card. Items are immutable: every change is a new snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from desktop_app.core.errors import TelltaleError
from desktop_app.core.estimates import Estimate, Mode
from desktop_app.core.evidence import Findings
from desktop_app.core.picture import PictureFacts
from desktop_app.core.sources import Source


class ItemState(Enum):
    """Where an item is on its way."""

    QUEUED = "queued"
    READING = "reading"
    CHECKING = "checking"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    # Members are single objects. Enum's own hash is Python code, and counting 2,000 items calls it 8,000 times.
    __hash__ = object.__hash__

    @property
    def finished(self) -> bool:
        """Whether nothing more happens unless somebody asks."""
        return self in _FINISHED


_FINISHED = frozenset({ItemState.DONE, ItemState.FAILED, ItemState.CANCELLED})

_UNFINISHED_EXITS = frozenset({ItemState.FAILED, ItemState.CANCELLED})
_NEXT = {
    ItemState.QUEUED: _UNFINISHED_EXITS | {ItemState.READING},
    # Back to the queue: the detector can't go on now, through no fault of the item's.
    ItemState.READING: _UNFINISHED_EXITS | {ItemState.CHECKING, ItemState.QUEUED},
    ItemState.CHECKING: _UNFINISHED_EXITS | {ItemState.DONE, ItemState.QUEUED},
    ItemState.DONE: frozenset({ItemState.QUEUED}),
    ItemState.FAILED: frozenset({ItemState.QUEUED}),
    ItemState.CANCELLED: frozenset({ItemState.QUEUED}),
}


def may_follow(before: ItemState, after: ItemState) -> bool:
    """Whether an item may go from ``before`` to ``after`` in one step."""
    return after in _NEXT[before]


@dataclass(frozen=True, slots=True)
class Item:
    """A snapshot of one dropped thing.

    Attributes:
        id: unique in this run, rising in the order of adding.
        name: harmless one-line name (see :func:`desktop_app.core.text.plain`).
        sha256: hex hash of the bytes read, once known.
        size: number of bytes read, once known.
        elapsed_ms: milliseconds from the start of reading to the end; 0 before.
        findings: what the file says about its own origin; None while (or where) that was not read.
        earlier: the answer before a re-check that has brought none (yet): it failed, was cancelled or still runs;
            None otherwise. The file may be another one since.
    """

    id: int
    source: Source
    name: str
    mode: Mode
    state: ItemState = ItemState.QUEUED
    sha256: str | None = None
    size: int | None = None
    facts: PictureFacts | None = None
    estimate: Estimate | None = None
    error: TelltaleError | None = None
    elapsed_ms: float = 0.0
    earlier: Estimate | None = None
    findings: Findings | None = None
