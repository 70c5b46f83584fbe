"""Looking at a screenshot for its content: where is how much of a colour?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

Rgb = tuple[int, int, int]

# Found nowhere in the program's own colours, and far from each other.
MAGENTA: Rgb = (224, 0, 208)
LIME: Rgb = (96, 208, 0)
CYAN: Rgb = (0, 208, 208)
VIOLET: Rgb = (96, 0, 176)
YELLOW: Rgb = (240, 232, 0)
BRICK: Rgb = (128, 48, 0)


@dataclass(frozen=True, slots=True)
class Area:
    """All pixels of one colour: how many, and the box around them."""

    pixels: int
    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    def apart_from(self, other: Area) -> bool:
        """Whether the two boxes don't touch."""
        beside = self.right <= other.left or other.right <= self.left
        return beside or self.bottom <= other.top or other.bottom <= self.top


def area(picture: Image.Image, colour: Rgb, tolerance: int = 10) -> Area:
    """Return where ``colour`` is, each channel within ``tolerance``."""
    levels = np.asarray(picture.convert("RGB"), dtype=np.int16)
    ys, xs = np.nonzero((np.abs(levels - np.array(colour, dtype=np.int16)) <= tolerance).all(axis=2))
    if not len(xs):
        return Area(0)
    return Area(len(xs), int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)


def lightness(picture: Image.Image) -> float:
    """Return the median brightness, 0 to 255."""
    return float(np.median(np.asarray(picture.convert("L"))))


def hexadecimal(colour: str) -> Rgb:
    """Return ``#rrggbb`` as numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
