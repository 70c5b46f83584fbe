"""Metadata in a JPEG's segments (ITU-T T.81, annex B; Exif 2.32; XMP part 3; IPTC in Photoshop's resources)."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop_app.evidence.containers.blocks import (
    BROKEN,
    EXIF_START,
    MAX_BLOCK,
    TOO_LARGE,
    Block,
    BlockKind,
    Budget,
    exif_block,
    text_block,
)
from desktop_app.evidence.containers.photoshop import iptc_records

_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_APP0, _APP1, _APP13, _APP15 = 0xE0, 0xE1, 0xED, 0xEF
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_XMP_START = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENSION_START = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP_START = b"Photoshop 3.0\0"
_AIGC_START = b"AIGC{"  # China's label without any standard around it, as some of its generators write it
_GUID = 32
_SEGMENT_COST = 20  # 25,000 of them: no program writes a hundredth of that


def jpeg_blocks(data: bytes, budget: Budget) -> Iterator[Block]:
    """Yield the metadata in front of a JPEG's pixels; what is behind them, or behind the picture, is nobody's."""
    extensions = _Extensions()
    for marker, payload in _segments(data, budget):
        yield from _blocks_in(marker, payload, extensions, budget)
    yield from extensions.complete(budget)


def _segments(data: bytes, budget: Budget) -> Iterator[tuple[int, bytes]]:
    at = 2
    while at + 4 <= len(data):
        budget.step(_SEGMENT_COST)
        marker = data[at + 1]
        if data[at] != 0xFF or marker in (_SCAN, _END):  # noqa: PLR2004  # every JPEG marker begins so
            return
        if marker == 0xFF or marker in _STANDALONE:  # noqa: PLR2004  # fill bytes come singly
            at += 1 if marker == 0xFF else 2  # noqa: PLR2004  # a fill byte
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(data):  # noqa: PLR2004  # the length counts its own two bytes
            budget.note(BROKEN)
            return
        if marker == _COMMENT or _APP0 <= marker <= _APP15:
            yield marker, data[at + 4 : end]
        at = end


def _blocks_in(marker: int, payload: bytes, extensions: _Extensions, budget: Budget) -> Iterator[Block]:
    if marker == _APP1 and payload.startswith(_EXTENSION_START):
        extensions.add(payload[len(_EXTENSION_START) :], budget)
        return
    block = _block(marker, payload)
    if block is not None and budget.allows(len(block.data)):
        yield block


def _block(marker: int, payload: bytes) -> Block | None:
    if marker == _APP1 and payload.startswith(EXIF_START):
        return exif_block(payload, "EXIF in APP1")
    if marker == _APP1 and payload.startswith(_XMP_START):
        return Block(BlockKind.XMP, "XMP in APP1", payload[len(_XMP_START) :])
    if marker == _APP13 and payload.startswith(_PHOTOSHOP_START):
        records = iptc_records(payload[len(_PHOTOSHOP_START) :])
        return Block(BlockKind.IPTC, "IPTC in APP13", records) if records else None
    if marker == _COMMENT:
        return text_block(payload.rstrip(b"\0"), "JPEG comment", "comment")
    if marker != _COMMENT and payload.startswith(_AIGC_START):
        return text_block(payload[len(_AIGC_START) - 1 :].rstrip(b"\0"), f"APP{marker - _APP0} segment", "AIGC")
    return None


@dataclass(slots=True)
class _Packet:
    length: int
    parts: dict[int, bytes] = field(default_factory=dict)


class _Extensions:
    """Extended XMP: packets over 64 KiB in pieces, each with the whole's MD5 and length and its own place."""

    def __init__(self) -> None:
        self._packets: dict[bytes, _Packet] = {}

    def add(self, piece: bytes, budget: Budget) -> None:
        """Keep one piece."""
        if len(piece) < _GUID + 8:
            budget.note(BROKEN)
            return
        length, offset = struct.unpack_from(">II", piece, _GUID)
        body = piece[_GUID + 8 :]
        if length > MAX_BLOCK or len(self._packets) > 8:  # noqa: PLR2004  # more than one is unheard of
            budget.note(TOO_LARGE)
        elif budget.allows(len(body)):
            self._packets.setdefault(piece[:_GUID], _Packet(length)).parts[offset] = body

    def complete(self, budget: Budget) -> Iterator[Block]:
        """Yield the packets that are whole; the MD5 in front of the pieces tells."""
        for digest, packet in self._packets.items():
            whole = b"".join(body for _, body in sorted(packet.parts.items()))
            right = hashlib.md5(whole, usedforsecurity=False).hexdigest().upper().encode()
            if len(whole) == packet.length and right == digest.upper():
                yield Block(BlockKind.XMP, "extended XMP in APP1", whole)
            else:
                budget.note(BROKEN)
