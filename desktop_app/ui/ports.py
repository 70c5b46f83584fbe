"""What the window needs from the rest of the program; tests give it fakes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop_app.core.cancel import CancelToken
from desktop_app.core.estimates import Mode
from desktop_app.core.events import Event
from desktop_app.core.items import Item
from desktop_app.core.sources import Source
from desktop_app.system.settings import Settings

if TYPE_CHECKING:
    from desktop_app.composition import Cloud, DetectorChoice
    from desktop_app.detectors.facts import Section
    from desktop_app.detectors.shelf import ShelvedModel
    from desktop_app.evidence.trust import ListKind, TrustList, TrustLists


class Queue(Protocol):
    """The pipeline. Every call returns at once."""

    def add(self, sources: Sequence[Source], mode: Mode) -> None:
        """List and check."""

    def cancel(self, item_ids: Iterable[int]) -> None:
        """Withdraw."""

    def cancel_all(self) -> None:
        """Withdraw everything."""

    def retry(self, item_ids: Iterable[int], mode: Mode | None = None) -> None:
        """Check finished items again, in another mode if given."""

    def try_changes(self, item_id: int) -> None:
        """Ask the offline detector about harmlessly changed copies of a finished item."""

    def forget(self, item_ids: Iterable[int]) -> None:
        """Drop from the list."""

    def restore(self, items: Sequence[Item]) -> None:
        """Undo of forget."""

    def pause(self) -> None:
        """Start nothing new."""

    def resume(self) -> None:
        """Go on."""

    def request_thumbnail(self, item_id: int) -> None:
        """Ask for a thumbnail again."""

    def request_preview(self, item_id: int, side: int) -> None:
        """Ask for a larger picture."""

    def close(self) -> None:
        """End threads and processes."""


@dataclass(frozen=True, slots=True)
class TrustServices:
    """What is done with lists of signers; each may take its time, and raises a ``TelltaleError``."""

    lists: Callable[[], tuple[TrustLists, Sequence[str]]]
    fetch: Callable[[CancelToken], TrustList]
    add: Callable[[Sequence[Path], ListKind], TrustList]
    forget: Callable[[ListKind], None]


@dataclass(frozen=True, slots=True)
class Services:
    """The functions of :mod:`desktop_app.composition` that the window calls."""

    start_pipeline: Callable[[Settings, Callable[[Event], None], Cloud], Queue]
    detector_choices: Callable[[Settings], Sequence[DetectorChoice]]
    model_facts: Callable[[Settings], Sequence[Section]]
    save_settings: Callable[[Settings], None]
    make_cloud: Callable[[Settings], Cloud]
    offline_models: Callable[[Settings], Sequence[ShelvedModel]]
    trust: TrustServices
