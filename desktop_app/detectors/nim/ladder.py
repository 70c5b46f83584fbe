"""Pixels into a JPEG of at most so many bytes: quality goes down in steps, then size."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from desktop_app.core.errors import PictureTooLargeError
from desktop_app.core.picture import Raster

QUALITIES = (95, 90, 85, 80)
"""In this order; below 80 a smaller picture keeps more than a coarser one (NVIDIA advises the same order)."""

_SIZE_STEP = 0.8
_SMALLEST_SIDE = 32


@dataclass(frozen=True, slots=True)
class Encoded:
    """A JPEG without any metadata."""

    data: bytes
    width: int
    height: int
    quality: int


def encode_to_fit(raster: Raster, max_bytes: int) -> Encoded:
    """Return the best JPEG of ``raster`` that is not longer than ``max_bytes``.

    The first size at which any quality fits is taken, and there the best quality that does.

    Raises:
        PictureTooLargeError: not even 32 pixels a side fit.
    """
    whole = Image.frombytes("RGB", (raster.width, raster.height), raster.pixels)
    scale = 1.0
    while True:
        image = _scaled(whole, scale)
        if (encoded := _at_best_quality(image, max_bytes)) is not None:
            return encoded
        if max(image.size) <= _SMALLEST_SIDE:
            raise PictureTooLargeError
        scale *= _SIZE_STEP


def _at_best_quality(image: Image.Image, max_bytes: int) -> Encoded | None:
    # The lowest first: where it doesn't fit, three encodings are saved.
    lowest = _encoded(image, QUALITIES[-1])
    if len(lowest.data) > max_bytes:
        return None
    better = (_encoded(image, quality) for quality in QUALITIES[:-1])
    return next((encoded for encoded in better if len(encoded.data) <= max_bytes), lowest)


def _encoded(image: Image.Image, quality: int) -> Encoded:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=quality, optimize=True)
    return Encoded(stream.getvalue(), image.width, image.height, quality)


def _scaled(image: Image.Image, scale: float) -> Image.Image:
    if scale == 1:
        return image
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS)
