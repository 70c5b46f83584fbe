"""To whom pictures would go, and whether all is set up for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop_app.core.estimates import Mode
from desktop_app.core.text import plain
from desktop_app.system.settings import Settings

if TYPE_CHECKING:
    from desktop_app.composition import DetectorChoice

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets the pictures.

    Attributes:
        host: host and port.
        hosted: whether that is NVIDIA's own service.
        needs_key: whether it is asked with the key.
        problem: why the address can't be used; empty when it can.
    """

    host: str
    hosted: bool
    needs_key: bool
    problem: str

    @property
    def name(self) -> str:
        """What to call it in a sentence."""
        return "NVIDIA" if self.hosted else self.host


def receiver_of(settings: Settings) -> Receiver:
    """Who gets the pictures with these settings."""
    from desktop_app.composition import nim_options  # noqa: PLC0415  # the window's modules load without the rest

    options = nim_options(settings)
    hosted = not settings.nim_url.strip()
    return Receiver(plain(options.host, 200), hosted, not options.self_hosted, options.problem())


def with_key(
    choices: Sequence[DetectorChoice], settings: Settings, *, missing: bool
) -> tuple[DetectorChoice, ...]:
    """The choices, knowing whether there is no key."""
    if not missing or not receiver_of(settings).needs_key:
        return tuple(choices)
    why_not = translate("CloudSetUp", "Cloud mode needs a key from NVIDIA, and none is set.")
    return tuple(
        replace(choice, ready=False, why_not=why_not) if choice.mode is Mode.CLOUD and choice.ready else choice
        for choice in choices
    )
