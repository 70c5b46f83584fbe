"""Orientation, and pictures freed from metadata that keeps Pillow from reading them."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from PIL import ExifTags, Image

# Exif 2.32, tag 0x0112: how to turn a picture that was stored in each of the other seven ways.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

SIDEWAYS = frozenset(_TURNS[orientation] for orientation in (5, 6, 7, 8))
"""The transpositions that swap width and height."""

# How an sRGB profile names itself, in ICC version 2 and version 4; applying it would change nothing.
_SRGB_NAMES = (b"sRGB", "sRGB".encode("utf-16-be"))

_PNG_HEADER = 8
_PNG_CHUNK_EXTRA = 12  # length, name and checksum
# All that pixels need; tRNS is transparency.
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})

_JPEG_START_OF_SCAN = 0xDA
# APP1 to APP15 and comments go, except APP14: Adobe's marker says which colours the numbers mean.
_JPEG_DROPPED = (frozenset(range(0xE1, 0xF0)) - {0xEE}) | {0xFE}
_JPEG_STANDALONE = frozenset({0x01, 0xFF, *range(0xD0, 0xD9)})
_MARKER = 2


def read_turn(image: Image.Image) -> Image.Transpose | None:
    """Return the transposition that puts ``image`` upright, None when it stands upright already.

    Raises:
        Exception: whatever Pillow's EXIF reader raises on damaged metadata.
    """
    block = image.info.get("exif")
    if isinstance(block, bytes):
        # JPEG's plug-in has tried already (for the resolution) and kept what failed to itself.
        Image.Exif().load(block)
    orientation = image.getexif().get(ExifTags.Base.Orientation)
    return _TURNS.get(orientation) if isinstance(orientation, int) else None


def has_foreign_colours(image: Image.Image) -> bool:
    """Whether the picture carries a colour profile other than sRGB."""
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or not profile:
        return False
    return not any(name in profile for name in _SRGB_NAMES)


def without_metadata(data: bytes, name: str) -> bytes:
    """Return the PNG or JPEG ``data`` with nothing left in it but pixels; other formats come back unchanged.

    Pillow refuses a whole picture for a text chunk that unpacks to more than 64 MiB or a wrong checksum in one.
    """
    if name == "PNG":
        return data[:_PNG_HEADER] + b"".join(_kept_chunks(data))
    if name == "JPEG":
        return data[:_MARKER] + b"".join(_kept_segments(data))
    return data


def _kept_chunks(data: bytes) -> Iterator[bytes]:
    at = _PNG_HEADER
    while at + _PNG_CHUNK_EXTRA <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + _PNG_CHUNK_EXTRA + length
        if name in _PNG_KEPT:
            yield data[at:end]
        at = end


def _kept_segments(data: bytes) -> Iterator[bytes]:
    at = _MARKER
    while at + 2 * _MARKER <= len(data) and data[at] == 0xFF:  # noqa: PLR2004  # every JPEG marker begins so
        marker = data[at + 1]
        if marker == _JPEG_START_OF_SCAN:
            break
        if marker in _JPEG_STANDALONE:
            at += 1 if marker == 0xFF else _MARKER  # noqa: PLR2004  # fill bytes come singly
            continue
        end = at + _MARKER + int.from_bytes(data[at + _MARKER : at + 2 * _MARKER], "big")
        if marker not in _JPEG_DROPPED:
            yield data[at:end]
        at = end
    yield data[at:]
