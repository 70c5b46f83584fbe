"""What the window needs from the rest of the program; tests give it fakes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from desktop_app.core.estimates import Mode
from desktop_app.core.events import Event
from desktop_app.core.items import Item
from desktop_app.core.sources import Source
from desktop_app.system.settings import Settings

if TYPE_CHECKING:
    from desktop_app.composition import Cloud, DetectorChoice


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
class Services:
    """The functions of :mod:`desktop_app.composition` that the window calls."""

    start_pipeline: Callable[[Settings, Callable[[Event], None], Cloud], Queue]
    detector_choices: Callable[[Settings], Sequence[DetectorChoice]]
    model_facts: Callable[[Settings], Sequence[tuple[str, str]]]
    save_settings: Callable[[Settings], None]
    make_cloud: Callable[[Settings], Cloud]
