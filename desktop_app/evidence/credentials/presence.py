"""Whether a file holds Content Credentials at all, where, and how long they are (C2PA 2.2, appendix A.3).

Nearly no file does, and the library that reads them costs some time to load. So the containers are walked first.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop_app.evidence.containers.blocks import BrokenBlockError
from desktop_app.evidence.containers.tiff import read_tiff

_JUMB, _C2PA = b"jumb", b"c2pa"  # a JUMBF box, and how the UUID of a manifest store's box begins
_MOST_PARTS = 500_000

_SCAN, _END, _APP11 = 0xDA, 0xD9, 0xEB
_FILL = 0xFF
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_JUMBF_HEADER = struct.Struct(">2sHI4x4s8x4s")  # JP, box number, part number, (length) jumb, (length jumd), UUID
_FIRST_PART, _OTHER_PART = 8, 16  # bytes before a part's own; all but the first repeat the box's header

_PNG_START, _PNG_EXTRA = 8, 12
_RIFF_START, _RIFF_HEADER = 12, 8
_GIF_HEADER = 13
_GIF_EXTENSION, _GIF_IMAGE, _GIF_TRAILER = 0x21, 0x2C, 0x3B
_GIF_STORE = b"\xff\x0bC2PA_GIF\x01\x00\x00"
_TIFF_STORE = 0xCD41
_BOX_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_BOX_HEADER, _LONG_BOX_HEADER = 8, 16
_BOX_VERSION, _BOX_OFFSET = 4, 8


MAX_STORE = 16 * 1024 * 1024
"""Most bytes of a manifest store that is read; a long history with thumbnails has 2 MB."""


@dataclass(frozen=True, slots=True)
class Store:
    """A manifest store in a file.

    Attributes:
        where: its place in words.
        length: its bytes, with what the container puts between them.
        boxes: its JUMBF boxes; empty when it is longer than :data:`MAX_STORE`.
    """

    where: str
    length: int
    boxes: bytes


def find_store(data: bytes, format_name: str) -> Store | None:
    """Return the first manifest store in a picture file; None when there is none in front of any damage.

    Args:
        data: the whole file.
        format_name: Pillow's name of its format, from :func:`desktop_app.imaging.sniff.sniff`.
    """
    finder = _FINDERS.get(format_name)
    try:
        return finder(data) if finder else None
    except (struct.error, IndexError, BrokenBlockError):
        return None


def _in_jpeg(data: bytes) -> Store | None:
    """Long boxes are cut into segments of one number, each with the box's header (ISO/IEC 19566-5, annex D)."""
    number = None
    pieces: list[bytes] = []
    for marker, start, end in _segments(data):
        if marker != _APP11 or end - start < _JUMBF_HEADER.size:
            continue
        mark, box, part, kind, uuid = _JUMBF_HEADER.unpack_from(data, start)
        if mark != b"JP":
            continue
        if number is None and kind == _JUMB and uuid == _C2PA:
            number = box
        if box == number:
            pieces.append(data[start + (_FIRST_PART if part == 1 else _OTHER_PART) : end])
    return _store("JPEG APP11", b"".join(pieces)) if number is not None else None


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield marker, start and end of the payload of the segments in front of the pixels."""
    at = 2
    while at + 4 <= len(data) and data[at] == _FILL:
        marker = data[at + 1]
        if marker in (_SCAN, _END):
            return
        if marker == _FILL or marker in _STANDALONE:
            at += 1 if marker == _FILL else 2  # fill bytes come singly
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = min(at + 2 + max(length, 2), len(data))
        yield marker, at + 4, end
        at = end


def _in_png(data: bytes) -> Store | None:
    at = _PNG_START
    for _ in range(_MOST_PARTS):
        length, name = struct.unpack_from(">I4s", data, at)
        if name == b"caBX":
            start = at + _PNG_EXTRA - 4
            return _store("PNG caBX", data[start : start + length], length)
        if name == b"IEND":
            break
        at += _PNG_EXTRA + length
    return None


def _in_webp(data: bytes) -> Store | None:
    at = _RIFF_START
    for _ in range(_MOST_PARTS):
        name, length = struct.unpack_from("<4sI", data, at)
        if name == b"C2PA":
            return _store("WebP C2PA", data[at + _RIFF_HEADER : at + _RIFF_HEADER + length], length)
        at += _RIFF_HEADER + length + length % 2
    return None


def _in_gif(data: bytes) -> Store | None:
    at = _GIF_HEADER + _gif_table(data[10])
    while data[at] != _GIF_TRAILER:
        if data[at] == _GIF_IMAGE:
            at = _gif_skip(data, at + 11 + _gif_table(data[at + 9]))
        elif data[at] == _GIF_EXTENSION:
            if data.startswith(_GIF_STORE, at + 1):
                return _store("GIF application extension", _gif_joined(data, at + 1 + len(_GIF_STORE)))
            at = _gif_skip(data, at + 2)
        else:
            break
    return None


def _gif_table(flags: int) -> int:
    """Return the number of bytes of the colour table that ``flags`` announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _gif_skip(data: bytes, at: int) -> int:
    while data[at]:
        at += 1 + data[at]
    return at + 1


def _gif_joined(data: bytes, at: int) -> bytes:
    pieces = []
    while data[at]:
        pieces.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return b"".join(pieces)


def _in_tiff(data: bytes) -> Store | None:
    first = read_tiff(data).first
    if _TIFF_STORE not in first:
        return None
    return _store("TIFF tag 52545", first.raw(_TIFF_STORE, MAX_STORE + 1), first.length(_TIFF_STORE))


def _in_boxes(data: bytes) -> Store | None:
    """ISO base media files (AVIF, HEIC): a box of its own kind at the top level."""
    at = 0
    for _ in range(_MOST_PARTS):
        length, kind = struct.unpack_from(">I4s", data, at)
        header = _BOX_HEADER
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, at + _BOX_HEADER)
            header = _LONG_BOX_HEADER
        elif length == 0:
            length = len(data) - at  # to the end of the file
        if length < header:
            break
        if kind == b"uuid" and data.startswith(_BOX_UUID, at + header):
            content = data[at + header + len(_BOX_UUID) + _BOX_VERSION : at + length]
            purpose, _, rest = content.partition(b"\0")
            if purpose == b"manifest":
                return _store("C2PA box", rest[_BOX_OFFSET:])
        at += length
    return None


def _store(where: str, boxes: bytes, length: int = 0) -> Store:
    length = length or len(boxes)
    return Store(where, length, boxes if length <= MAX_STORE else b"")


_FINDERS: dict[str, Callable[[bytes], Store | None]] = {
    "JPEG": _in_jpeg,
    "PNG": _in_png,
    "WEBP": _in_webp,
    "GIF": _in_gif,
    "TIFF": _in_tiff,
    "AVIF": _in_boxes,
    "HEIF": _in_boxes,
}
