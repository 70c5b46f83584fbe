"""What the window remembers from one session to the next."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QByteArray

from desktop_app.core.estimates import Mode
from desktop_app.system.settings import Settings
from desktop_app.ui.listing.order import Arrangement, SortBy


def arrangement_of(settings: Settings) -> Arrangement:
    """The order of the last session; filters are not remembered, a half-empty list would puzzle people."""
    known = {sort_by.value: sort_by for sort_by in SortBy}
    return Arrangement(known.get(settings.sort_by, SortBy.ADDED), settings.sort_descending)


def mode_of(settings: Settings) -> Mode:
    """The mode of the last session."""
    return Mode(settings.mode)


def with_arrangement(settings: Settings, arrangement: Arrangement) -> Settings:
    """Remember the order."""
    return msgspec.structs.replace(
        settings, sort_by=arrangement.sort_by.value, sort_descending=arrangement.descending
    )


def packed(blob: QByteArray) -> str:
    """Qt's own state as text."""
    return bytes(blob.toBase64().data()).decode("ascii")


def unpacked(text: str) -> QByteArray:
    """The reverse; nonsense gives an empty blob, which Qt refuses."""
    return QByteArray.fromBase64(QByteArray(text.encode("ascii", "ignore")))
