"""Metadata in a WebP's RIFF chunks (WebP container specification)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from desktop_app.evidence.containers.blocks import BROKEN, Block, BlockKind, Budget, exif_block

_START = 12
_HEADER = 8


def webp_blocks(data: bytes, budget: Budget) -> Iterator[Block]:
    """Yield the EXIF and XMP chunks within the length that the file says it has."""
    (told,) = struct.unpack_from("<I", data.ljust(_START, b"\0"), 4)
    limit = min(len(data), told + _HEADER)
    at = _START
    while at + _HEADER <= limit:
        budget.step()
        name, length = struct.unpack_from("<4sI", data, at)
        end = at + _HEADER + length
        if end > limit:
            budget.note(BROKEN)
            return
        if name in (b"EXIF", b"XMP ") and budget.allows(length):
            body = data[at + _HEADER : end]
            yield (
                exif_block(body, "EXIF in WebP") if name == b"EXIF" else Block(BlockKind.XMP, "XMP in WebP", body)
            )
        at = end + length % 2
