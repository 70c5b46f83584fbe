"""What the network sees of a whole picture: four crops of its own pixels and four of a shrunk copy.

The places are functions of the picture's size alone, so the same file always gives the same crops. A crop is saved
once as JPEG of quality 90, as every training crop was: without it a picture that never was a JPEG would be
something the network has not met, whatever it shows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image

from models.training.augment import jpeg
from models.training.data import Pixels
from models.training.metrics import Floats

SIDE = 192
"""Pixels a side of a view."""

# Normalisation of the input, in units of pixel / 255: ImageNet's, as the start weights want it.
MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)

STORED_QUALITY = 90
"""JPEG quality of every crop as stored, 4:2:0."""

_REDUCING_GAP = 2.0
# The shorter side of the shrunk copy: two views wide where the picture allows, always less than the picture's own,
# and never under what the training's shrunk pictures had.
_SHRUNK_SIDE, _SHRUNK_SHARE, _LEAST_SHRUNK_SIDE = 2 * SIDE, 0.75, 232

Box = tuple[int, int, int, int]


def crop_boxes(width: int, height: int) -> tuple[Box, ...]:
    """Four boxes (left, top, right, bottom) in pixels, each in the middle of a quarter or pushed inside.

    Raises:
        ValueError: a side is shorter than a view.
    """
    if min(width, height) < SIDE:
        raise ValueError(f"{width}×{height} pixels are too few for a view of {SIDE}")
    lefts, tops = _starts(width), _starts(height)
    return tuple((left, top, left + SIDE, top + SIDE) for top in tops for left in lefts)


def _starts(length: int) -> tuple[int, int]:
    first = max(0, length // 4 - SIDE // 2)
    return first, length - SIDE - first


def shrunk_size(width: int, height: int) -> tuple[int, int]:
    """Size in pixels of the shrunk copy; a picture that is hardly larger than a view keeps its own."""
    shorter = min(width, height)
    wanted = min(_SHRUNK_SIDE, max(_LEAST_SHRUNK_SIDE, round(_SHRUNK_SHARE * shorter)))
    if wanted >= shorter:
        return width, height
    share = wanted / shorter
    return max(wanted, round(width * share)), max(wanted, round(height * share))


def views(image: Image.Image, *, stored: bool = True) -> Pixels:
    """The eight views of an upright RGB picture, (8, 192, 192, 3) uint8: native ones first, row by row.

    The copy is shrunk with Pillow's BILINEAR, whose kernel widens with the scale; from more than four times its
    size by whole numbers first (`reducing_gap`), which halves the time for 12 megapixels. The kernel matters
    little here, since training shrinks with any.

    Args:
        image: The picture with all its pixels.
        stored: Whether the crops are saved as the training's were.

    Raises:
        ValueError: a side is shorter than a view.
    """
    shrunk = image.resize(shrunk_size(*image.size), Image.Resampling.BILINEAR, reducing_gap=_REDUCING_GAP)
    crops = [np.asarray(copy.crop(box)) for copy in (image, shrunk) for box in crop_boxes(*copy.size)]
    if stored:
        crops = [jpeg(crop, STORED_QUALITY, 2) for crop in crops]
    return np.stack(crops)


def combine(logits: Sequence[float] | Floats) -> float:
    """The picture's logit: the mean of its views' (measured: better than their median and than their largest)."""
    return float(np.mean(logits))
