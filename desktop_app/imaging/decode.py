"""The whole decode in this process, bytes to :class:`Picture`; the program runs it inside the worker only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from desktop_app.core.picture import Note, Picture, ViewRule
from desktop_app.imaging.borders import pillow_border
from desktop_app.imaging.reading import (
    MAX_PIXELS,
    SCALED_SIDE,
    LongerSide,
    Reading,
    contract_side,
    read_picture,
)
from desktop_app.imaging.sniff import Signature
from desktop_app.imaging.thumbnail import THUMBNAIL_SIDE, make_thumbnail
from desktop_app.imaging.views import all_views


def decode(
    data: bytes,
    *,
    views: Sequence[ViewRule] = (),
    thumbnail_side: int | None = THUMBNAIL_SIDE,
    scaled: bool = True,
    max_pixels: int = MAX_PIXELS,
    extra: Sequence[Signature] = (),
) -> Picture:
    """Decode one picture file.

    Args:
        data: the whole file.
        views: what the model wants to see; the same bytes whatever ``thumbnail_side`` is.
        thumbnail_side: longer side of the thumbnail in pixels at most, None for no thumbnail.
        scaled: whether JPEGs may be decoded at reduced scale (see
            :data:`desktop_app.imaging.reading.SCALED_SIDE`).
        max_pixels: more are refused before decoding.
        extra: further signatures, for tests.

    Raises:
        PictureError: one of its leaves; nothing else, whatever ``data`` holds.
    """

    def read(side: LongerSide) -> Reading:
        return read_picture(data, max_pixels=max_pixels, longer_side=side if scaled else None, extra=extra)

    def for_eyes(_width: int, _height: int) -> int:
        return thumbnail_side or SCALED_SIDE

    contract = read(partial(contract_side, views) if views or thumbnail_side is None else for_eyes)
    with pillow_border():
        rasters = all_views(contract.image, views, (contract.facts.width, contract.facts.height))
        shown = read(for_eyes) if views and _too_small(contract, thumbnail_side) else contract
        thumbnail = make_thumbnail(shown.image, thumbnail_side) if thumbnail_side else None
    return Picture(contract.facts, thumbnail, rasters)


def _too_small(reading: Reading, thumbnail_side: int | None) -> bool:
    """Whether the contract's reduced scale has fewer pixels than the thumbnail may have."""
    return (
        thumbnail_side is not None
        and Note.SCALED in reading.facts.notes
        and max(reading.image.size) < thumbnail_side
    )
