"""The harmless changes that a picture's score should survive: one catalogue, with the words that people see.

Every one of them happens to pictures on their way through the world, and none makes another picture of it.
:mod:`desktop_app.imaging.variants` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from desktop_app.core.picture import Picture


class Change(Enum):
    """A harmless change; the value is what people read. The order is that in which they are shown."""

    JPEG_90 = "JPEG, quality 90"
    JPEG_70 = "JPEG, quality 70"
    THREE_QUARTERS = "Shrunk to three quarters"
    HALF = "Shrunk to half"
    CROPPED = "Cropped by 3 %"
    WEBP = "WebP, quality 80"
    MIRRORED = "Mirrored left to right"
    GREY = "Made grey"


@dataclass(frozen=True, slots=True)
class Variant:
    """A picture after one change, read anew as if it had been dropped so; it has no thumbnail."""

    change: Change
    picture: Picture
