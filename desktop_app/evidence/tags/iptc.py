"""IPTC records in their old form (IPTC-NAA Information Interchange Model 4.2)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_MARK = 0x1C
_APPLICATION_RECORD = 2
_EXTENDED = 0x8000
_MOST = 1_000

INSTRUCTIONS, CREDIT = 40, 110


def read_iptc(data: bytes) -> dict[int, tuple[str, ...]]:
    """Return the texts of the application record (2) by their number; reading ends where the damage begins."""
    found: dict[int, tuple[str, ...]] = {}
    for number, body in _datasets(data):
        found[number] = (*found.get(number, ()), body.decode("utf-8", "replace").strip("\0 "))
    return found


def _datasets(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(_MOST):
        if at + 5 > len(data) or data[at] != _MARK:
            return
        record, number, length = struct.unpack_from(">BBH", data, at + 1)
        if length & _EXTENDED or at + 5 + length > len(data):
            return
        if record == _APPLICATION_RECORD:
            yield number, data[at + 5 : at + 5 + length]
        at += 5 + length
