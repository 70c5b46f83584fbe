"""JPEG and PNG files without their metadata, and without touching a pixel.

What leaves this computer must not say where a picture was taken, with what, by whom, or what it looked like before
it was cropped (thumbnails). The containers are walked strictly, by the standards: anything unexpected is refused,
and the caller sends a fresh encoding of the pixels instead, which can hold nothing but them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.detectors.nim.containers import CannotStripError, Part, TooLongError
from desktop_app.detectors.nim.strip_jpeg import JPEG_START, jpeg_parts
from desktop_app.detectors.nim.strip_png import PNG_START, png_parts


@dataclass(frozen=True, slots=True)
class Stripped:
    """A picture file that holds nothing but the picture.

    Attributes:
        format: ``JPEG`` or ``PNG``.
        orientation: the EXIF orientation, 1 to 8, that the file said and still says; 1 is upright.
    """

    data: bytes
    format: str
    orientation: int


def strip(data: bytes, max_bytes: int) -> Stripped:
    """Return ``data`` without metadata and without anything behind the picture's end.

    Colour stays as it is: Adobe's marker, gamma, chromaticities and the ICC profile are part of how numbers become
    colours. The orientation stays, too, as the only EXIF field.

    Args:
        data: a file; its first bytes decide what it is taken for.
        max_bytes: no more is looked at than needed to know that the result is longer.

    Raises:
        CannotStripError: neither JPEG nor PNG, animated, or malformed.
        TooLongError: over ``max_bytes``.
    """
    if data.startswith(JPEG_START):
        return _collected(jpeg_parts(data, max_bytes), "JPEG", max_bytes)
    if data.startswith(PNG_START):
        return _collected(png_parts(data, max_bytes), "PNG", max_bytes)
    raise CannotStripError("neither JPEG nor PNG")


def _collected(parts: Iterator[Part], name: str, max_bytes: int) -> Stripped:
    kept: list[bytes] = []
    length, orientation = 0, 1
    for part in parts:
        if isinstance(part, int):
            orientation = part
            continue
        length += len(part)
        if length > max_bytes:
            raise TooLongError
        kept.append(part)
    return Stripped(b"".join(kept), name, orientation)
