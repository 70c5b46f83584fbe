"""A PNG's chunks, those that hold the picture alone (W3C PNG, third edition)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from desktop_app.detectors.nim.containers import (
    CannotStripError,
    Part,
    TooLongError,
    orientation_block,
    read_orientation,
)

PNG_START = b"\x89PNG\r\n\x1a\n"

_EXTRA = 12  # length, name and checksum
_CRITICAL = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
# Transparency, and all that says how numbers become colours.
_COLOUR = frozenset({b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT"})
_KEPT = _CRITICAL | _COLOUR
_ANIMATION = frozenset({b"acTL", b"fcTL", b"fdAT"})
_ANCILLARY_BIT = 0x20  # lower case first letter: a decoder may ignore it


def png_parts(data: bytes, max_bytes: int) -> Iterator[Part]:
    """Yield what is kept of a PNG in its order, and its orientation where it says one.

    Raises:
        CannotStripError: malformed, animated, or with a chunk that a decoder must know and this one doesn't.
        TooLongError: one chunk alone is over ``max_bytes``.
    """
    yield PNG_START
    order: list[bytes] = []
    at = len(PNG_START)
    while not order or order[-1] != b"IEND":
        name, end = _chunk(data, at)
        if name in _KEPT:
            if end - at > max_bytes:
                raise TooLongError
            _check(data, at, end)
            order.append(name)
            yield data[at:end]
        elif name == b"eXIf":
            yield from _orientation(data[at + 8 : end - 4])
        at = end
    _check_order(order)


def _chunk(data: bytes, at: int) -> tuple[bytes, int]:
    if at + _EXTRA > len(data):
        raise CannotStripError("cut off")
    length, name = struct.unpack_from(">I4s", data, at)
    if at + _EXTRA + length > len(data):
        raise CannotStripError("a chunk is cut off")
    if name in _ANIMATION:
        raise CannotStripError("animated")
    if not name.isalpha() or (name not in _CRITICAL and not name[0] & _ANCILLARY_BIT):
        raise CannotStripError("an unknown chunk that matters")
    return name, at + _EXTRA + length


def _check(data: bytes, at: int, end: int) -> None:
    # Chunks that go need no right checksum: it is often theirs alone that is wrong.
    (told,) = struct.unpack_from(">I", data, end - 4)
    if zlib.crc32(data[at + 4 : end - 4]) != told:
        raise CannotStripError("a wrong checksum")


def _check_order(order: list[bytes]) -> None:
    pixels = [number for number, name in enumerate(order) if name == b"IDAT"]
    sound = (
        order[0] == b"IHDR"
        and order.count(b"IHDR") == 1
        and pixels
        and pixels[-1] - pixels[0] == len(pixels) - 1
        and b"PLTE" not in order[pixels[0] :]
    )
    if not sound:
        raise CannotStripError("chunks in an order that is none")


def _orientation(block: bytes) -> Iterator[Part]:
    orientation = read_orientation(block)
    if orientation != 1:
        yield orientation
        body = b"eXIf" + orientation_block(orientation)
        yield struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
