"""Whether two small pictures show the same: grey levels compared at 16 × 16, whichever way round they are."""

from __future__ import annotations

from collections.abc import Iterator
from operator import mul

from PIL import Image

from desktop_app.core.errors import PictureError
from desktop_app.core.picture import Raster
from desktop_app.imaging.borders import pillow_border
from desktop_app.imaging.reading import read_picture

_SIDE = 16
_MAX_THUMBNAIL_PIXELS = 1_000_000
_LEAST_SPREAD = 4.0  # grey levels; a flat picture is like any other flat one


def thumbnail_likeness(thumbnail: bytes, picture: Raster) -> float | None:
    """Return how alike an embedded thumbnail and its picture are.

    Cameras fill a thumbnail of 4:3 with black bars when the picture is wider, and programs turn the one without
    the other: so the thumbnail is tried with and without its bars, in all eight positions, and the best counts.

    Args:
        thumbnail: a JPEG.
        picture: the upright picture, of any size.

    Returns:
        Pearson's correlation, -1 to 1; None where the thumbnail can't be read or either of the two is too flat to
        tell.
    """
    try:
        small = read_picture(thumbnail, max_pixels=_MAX_THUMBNAIL_PIXELS).image
        with pillow_border():
            whole = Image.frombytes("RGB", (picture.width, picture.height), picture.pixels)
            found = list(_correlations(_square(whole), [_square(cut) for cut in _cuts(small, whole)]))
    except PictureError:
        return None
    return max(found, default=None)


def _cuts(small: Image.Image, whole: Image.Image) -> list[Image.Image]:
    """Return the thumbnail, and its middle in the picture's proportions, upright and lying."""
    ratio = whole.width / whole.height
    return [small, _middle(small, ratio), _middle(small, 1 / ratio)]


def _middle(image: Image.Image, ratio: float) -> Image.Image:
    width = min(image.width, max(1, round(image.height * ratio)))
    height = min(image.height, max(1, round(image.width / ratio)))
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return image.crop((left, top, left + width, top + height))


def _square(image: Image.Image) -> Image.Image:
    return image.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX)


def _correlations(whole: Image.Image, cuts: list[Image.Image]) -> Iterator[float]:
    positions = (whole, *(whole.transpose(turn) for turn in Image.Transpose))
    wholes = [levels for position in positions if (levels := _centred(position.tobytes()))]
    for cut in cuts:
        if small := _centred(cut.tobytes()):
            yield from (sum(map(mul, levels, small)) for levels in wholes)


def _centred(levels: bytes) -> list[float] | None:
    """Return the levels with mean 0 and length 1: their products are Pearson's. None for a flat picture."""
    mean = sum(levels) / len(levels)
    length = sum((level - mean) ** 2 for level in levels) ** 0.5
    if length < _LEAST_SPREAD * len(levels) ** 0.5:
        return None
    return [(level - mean) / length for level in levels]
