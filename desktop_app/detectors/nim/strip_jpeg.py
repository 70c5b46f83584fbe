"""A JPEG's segments, those that hold the picture alone (ITU-T T.81, annex B; JFIF 1.02)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from desktop_app.detectors.nim.containers import (
    EXIF_START,
    CannotStripError,
    Part,
    TooLongError,
    orientation_block,
    read_orientation,
)

JPEG_START = b"\xff\xd8\xff"

_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_END, _SCAN, _COMMENT = 0xD9, 0xDA, 0xFE
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended and progressive with Huffman codes: what is in use
_TABLES = frozenset({0xC4, 0xDB, 0xDD})  # Huffman and quantisation tables, restart interval
_APPS = range(0xE0, 0xF0)
_JFIF, _EXIF, _ICC, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_JFIF_START, _ICC_START, _ADOBE_START = b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"
_JFIF_LENGTH, _ADOBE_LENGTH = 14, 12  # without JFIF's own thumbnail
# Inside a scan, 0xFF is followed by 0 (a stuffed 0xFF) or a restart marker; anything else ends the scan.
_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7]")


def jpeg_parts(data: bytes, max_bytes: int) -> Iterator[Part]:
    """Yield what is kept of a JPEG in its order, and its orientation where it says one.

    Raises:
        CannotStripError: malformed, or of a kind that no ordinary decoder reads.
        TooLongError: one scan alone is over ``max_bytes``.
    """
    yield _SOI
    at, frames, scans, turned = 2, 0, 0, False
    while True:
        marker, at = _marker(data, at)
        if marker == _END:
            break
        payload, at = _payload(data, at)
        if marker in _FRAMES:
            _check_frame(payload)
            frames += 1
        elif marker == _SCAN:
            scans += 1
        if marker == _EXIF and payload.startswith(EXIF_START) and not turned:
            turned = True
            yield from _orientation(payload[len(EXIF_START) :])
        elif (kept := _kept(marker, payload)) is not None:
            yield _segment(marker, kept)
        if marker == _SCAN:
            end = _scan_end(data, at, max_bytes)
            yield data[at:end]
            at = end
    if frames != 1 or not scans:
        raise CannotStripError("not exactly one picture")
    yield _EOI


def _marker(data: bytes, at: int) -> tuple[int, int]:
    if data[at : at + 1] != b"\xff":
        raise CannotStripError("no marker where one must be")
    while data[at : at + 1] == b"\xff":  # any number of fill bytes
        at += 1
    if at >= len(data):
        raise CannotStripError("cut off")
    return data[at], at + 1


def _payload(data: bytes, at: int) -> tuple[bytes, int]:
    if at + 2 > len(data):
        raise CannotStripError("cut off")
    (length,) = struct.unpack_from(">H", data, at)
    if length < 2 or at + length > len(data):  # noqa: PLR2004  # the length counts its own two bytes
        raise CannotStripError("a segment is cut off")
    return data[at + 2 : at + length], at + length


def _check_frame(payload: bytes) -> None:
    try:
        depth, height, width, channels = struct.unpack_from(">BHHB", payload)
    except struct.error:
        raise CannotStripError("the frame header is cut off") from None
    if depth != 8 or not height or not width or len(payload) != 6 + 3 * channels:  # noqa: PLR2004  # bits; T.81 B.2.2
        raise CannotStripError("an unusual frame header")


def _kept(marker: int, payload: bytes) -> bytes | None:
    """Return what stays of a segment, None when it goes."""
    if marker in _FRAMES or marker in _TABLES or marker == _SCAN:
        return payload
    if marker == _COMMENT:
        return None
    if marker not in _APPS:
        raise CannotStripError(f"an unusual segment, 0x{marker:02X}")
    if marker == _JFIF and payload.startswith(_JFIF_START) and len(payload) >= _JFIF_LENGTH:
        return payload[: _JFIF_LENGTH - 2] + b"\0\0"
    if marker == _ICC and payload.startswith(_ICC_START):
        return payload
    if marker == _ADOBE and payload.startswith(_ADOBE_START) and len(payload) >= _ADOBE_LENGTH:
        return payload[:_ADOBE_LENGTH]
    return None


def _orientation(block: bytes) -> Iterator[Part]:
    orientation = read_orientation(block)
    if orientation != 1:
        yield orientation
        yield _segment(_EXIF, EXIF_START + orientation_block(orientation))


def _segment(marker: int, payload: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload


def _scan_end(data: bytes, at: int, max_bytes: int) -> int:
    limit = min(len(data), at + max_bytes + 2)
    found = _SCAN_END.search(data, at, limit)
    if found:
        return found.start()
    if limit < len(data):
        raise TooLongError
    raise CannotStripError("the picture's data is cut off")
