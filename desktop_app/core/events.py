"""The one immutable event stream that leaves the pipeline, for the window and the command line alike."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.errors import TelltaleError
from desktop_app.core.items import Item
from desktop_app.core.picture import Raster


@dataclass(frozen=True, slots=True)
class ItemsAdded:
    """New items, in the order of adding; always the first that is heard of an item."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ItemChanged:
    """An item's new snapshot."""

    item: Item


@dataclass(frozen=True, slots=True)
class ThumbnailReady:
    """A thumbnail (longer side at most 256 px) of an item."""

    item_id: int
    raster: Raster


@dataclass(frozen=True, slots=True)
class PreviewReady:
    """The larger picture that was asked for; ``raster`` is None when it can't be had any more."""

    item_id: int
    raster: Raster | None


@dataclass(frozen=True, slots=True)
class ChangesTried:
    """The harmless changes that were asked for are through; what they showed stands in the item's snapshot before.

    ``error`` says why there is nothing new; None also where nobody waits for it any more (the item was withdrawn,
    forgotten or queued anew).
    """

    item_id: int
    error: TelltaleError | None = None


@dataclass(frozen=True, slots=True)
class FolderScanned:
    """A folder was read to its end: how many files became items, how many hidden system files did not."""

    name: str
    found: int
    skipped: int


@dataclass(frozen=True, slots=True)
class ItemRepeated:
    """Something already listed was added again: its card runs anew instead of getting a twin."""

    item_id: int


@dataclass(frozen=True, slots=True)
class PauseChanged:
    """The queue was paused or goes on.

    ``error`` says why it paused by itself: what every following item would meet as well (a refused key, say).
    """

    paused: bool
    error: TelltaleError | None = None


@dataclass(frozen=True, slots=True)
class ServiceWait:
    """The cloud service asked to be asked less often: nothing is sent for so many seconds; 0 when it goes on."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that concerns all items, in one sentence (a self-check that failed, say)."""

    message: str


Event = (
    ItemsAdded
    | ItemChanged
    | ThumbnailReady
    | PreviewReady
    | ChangesTried
    | FolderScanned
    | ItemRepeated
    | PauseChanged
    | ServiceWait
    | Warned
)
