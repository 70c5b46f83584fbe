"""A picture changed in every harmless way; the program runs this inside the worker only.

The picture is changed as people would change it: whole, upright and flattened, then saved and read anew by the
preprocessing contract. So a large JPEG is re-saved with all its pixels, and its view made from the reduced scale
again; and what was shrunk has another size, which decides about the model's range. A change that is not a lossy
format itself counts as saved without loss. That gives back the same pixels, so nothing is encoded for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from PIL import Image

from desktop_app.core.errors import DecoderMemoryError
from desktop_app.core.picture import Picture, PictureFacts, ViewRule
from desktop_app.imaging.borders import pillow_border
from desktop_app.imaging.changes import Change, Variant
from desktop_app.imaging.reading import MAX_PIXELS, LongerSide, Reading, contract_side, read_picture
from desktop_app.imaging.sniff import Signature
from desktop_app.imaging.views import all_views

CROPPED_SHARE = 0.03
"""Part of the width, and of the height, that a crop takes off: half of it on each side, one pixel at least."""

# The longest side that the formats can say: JPEG in libjpeg (65,500), WebP in 14 bits.
_LONGEST_JPEG, _LONGEST_WEBP = 65_500, 16_383
_LOSSLESS = "PNG"


@dataclass(frozen=True, slots=True)
class _Codec:
    """A lossy way to save. What isn't named is Pillow's default, as most programs leave it."""

    format: str
    longest: int
    options: dict[str, int]


_LOSSY = {
    Change.JPEG_90: _Codec("JPEG", _LONGEST_JPEG, {"quality": 90}),
    Change.JPEG_70: _Codec("JPEG", _LONGEST_JPEG, {"quality": 70}),
    # Method 0, the quickest (4 is usual): 0.4 s instead of 2 s on 12 megapixels, two thirds of all eight changes,
    # for a file a tenth larger and as near to the picture (38.3 dB both).
    Change.WEBP: _Codec("WEBP", _LONGEST_WEBP, {"quality": 80, "method": 0}),
}


def make_variants(
    data: bytes, views: Sequence[ViewRule], *, max_pixels: int = MAX_PIXELS, extra: Sequence[Signature] = ()
) -> tuple[Variant, ...]:
    """Change a picture file in every way of :class:`Change`, in its order; the same file gives the same bytes.

    A change that a picture is too long for (WebP ends at 16,383 pixels a side) or too small for (a single pixel
    can't be cropped) is left out.

    Args:
        data: the whole file.
        views: what the model wants to see of each variant.
        max_pixels: more are refused before decoding.
        extra: further signatures, for tests.

    Raises:
        PictureError: one of its leaves; nothing else, whatever ``data`` holds.
    """
    image = read_picture(data, max_pixels=max_pixels, extra=extra).image
    image.info.clear()  # a colour profile would be saved along
    return tuple(_variants(image, views, max_pixels))


def _variants(image: Image.Image, views: Sequence[ViewRule], max_pixels: int) -> Iterator[Variant]:
    for change in Change:
        with pillow_border():
            reading = _changed(image, change, partial(contract_side, views), max_pixels)
            if reading is not None:
                rasters = all_views(reading.image, views, (reading.facts.width, reading.facts.height))
                yield Variant(change, Picture(reading.facts, None, rasters))


def _changed(image: Image.Image, change: Change, side: LongerSide, max_pixels: int) -> Reading | None:
    if change in _LOSSY:
        return _resaved(image, _LOSSY[change], side, max_pixels)
    changed = _EDITS[change](image)
    if changed.size == image.size and change in _SMALLER:
        return None
    return Reading(changed, PictureFacts(_LOSSLESS, *changed.size))


def _resaved(image: Image.Image, codec: _Codec, side: LongerSide, max_pixels: int) -> Reading | None:
    if max(image.size) > codec.longest:
        return None
    stream = BytesIO()
    try:
        image.save(stream, codec.format, **codec.options)
    except (OSError, ValueError) as error:
        # Sound pixels of a size that fits: nothing but memory is missing, and libwebp says so by number only.
        raise DecoderMemoryError from error
    return read_picture(stream.getvalue(), max_pixels=max_pixels, longer_side=side)


def _shrunk(image: Image.Image, share: float) -> Image.Image:
    """Shrink as photo programs do (bicubic, antialiased); a side keeps one pixel at least."""
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(size, Image.Resampling.BICUBIC)


def _cropped(image: Image.Image) -> Image.Image:
    width, height = _cropped_side(image.width), _cropped_side(image.height)
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return image.crop((left, top, left + width, top + height))


def _cropped_side(side: int) -> int:
    return max(1, side - max(1, round(side * CROPPED_SHARE)))


_EDITS: dict[Change, Callable[[Image.Image], Image.Image]] = {
    Change.THREE_QUARTERS: lambda image: _shrunk(image, 0.75),
    Change.HALF: lambda image: _shrunk(image, 0.5),
    Change.CROPPED: _cropped,
    Change.MIRRORED: lambda image: image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    Change.GREY: lambda image: image.convert("L").convert("RGB"),
}
_SMALLER = frozenset({Change.THREE_QUARTERS, Change.HALF, Change.CROPPED})
