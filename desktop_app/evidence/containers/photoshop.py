"""Photoshop's image resources, in which JPEG and TIFF carry IPTC records (Adobe Photoshop File Formats)."""

from __future__ import annotations

import struct

_SIGNATURE = b"8BIM"
_IPTC = 0x0404
_MOST = 1_000


def iptc_records(resources: bytes) -> bytes:
    """Return the IPTC records among Photoshop's resources; empty when there are none or before them is damage."""
    at = 0
    for _ in range(_MOST):
        if resources[at : at + 4] != _SIGNATURE or at + 7 > len(resources):
            break
        (number,) = struct.unpack_from(">H", resources, at + 4)
        name = 1 + resources[at + 6]
        at += 6 + name + name % 2  # a Pascal string, padded to an even length
        if at + 4 > len(resources):
            break
        (length,) = struct.unpack_from(">I", resources, at)
        body = resources[at + 4 : at + 4 + length]
        if number == _IPTC:
            return body if len(body) == length else b""
        at += 4 + length + length % 2
    return b""
