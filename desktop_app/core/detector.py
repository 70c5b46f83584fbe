"""What the pipeline asks of a detector, wherever it runs."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from desktop_app.core.cancel import CancelToken
from desktop_app.core.estimates import Estimate, Mode
from desktop_app.core.picture import Picture, PictureFacts, Raster, ViewRule


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a detector can be used now, and if not, why not and what to do."""

    ready: bool
    why_not: str = ""
    way_out: str = ""


@dataclass(frozen=True, slots=True)
class Examination:
    """All that a detector may look at.

    Attributes:
        picture: the decoded picture.
        data: the bytes it came from.
        larger: the whole picture, upright, for a detector that asked for it with :meth:`Detector.larger_side`.
        name: the item's harmless name, for ledgers and logs.
        variant: whether this is a changed copy of a picture, asked about for comparison alone.
    """

    picture: Picture
    data: bytes
    larger: Raster | None = None
    name: str = ""
    variant: bool = False


class Detector(Protocol):
    """Gives an estimate for a picture. Safe to call from several threads."""

    @property
    def name(self) -> str:
        """Short name, ``cifake``."""

    @property
    def title(self) -> str:
        """Name for people, "CIFAKE model"."""

    @property
    def mode(self) -> Mode:
        """Offline or cloud."""

    @property
    def views(self) -> Sequence[ViewRule]:
        """The views that :attr:`Picture.views` must hold, in order."""

    def availability(self) -> Availability:
        """Whether it can be used now; cheap, no network."""

    def warm_up(self) -> None:
        """Load in the background what the first picture would have to wait for; opens no connection."""

    def larger_side(self, data: bytes, facts: PictureFacts) -> int | None:
        """Longer side in pixels of the larger copy that :attr:`Examination.larger` must hold; None for none."""

    def submit(self, examination: Examination, cancel: CancelToken) -> Future[Estimate]:
        """Start the work and return at once.

        The future ends with an :class:`Estimate`, a :class:`desktop_app.core.errors.DetectorError` or
        :class:`desktop_app.core.errors.Cancelled`.
        """

    def close(self) -> None:
        """Give back threads and connections."""
