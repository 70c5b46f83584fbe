"""Metadata in a PNG's chunks (W3C PNG, third edition), with texts unpacked within limits."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from desktop_app.evidence.containers.blocks import (
    BROKEN,
    MAX_BLOCK,
    TOO_LARGE,
    Block,
    BlockKind,
    BrokenBlockError,
    Budget,
    exif_block,
    text_block,
)
from desktop_app.evidence.containers.raw_profiles import RAW_PROFILE_START, raw_profile

_START = 8
_EXTRA = 12  # length, name and checksum
_READ = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf"})
_XMP_KEY = "XML:com.adobe.xmp"
_MOST_KEY = 79


class _TooLargeError(Exception):
    pass


def png_blocks(data: bytes, budget: Budget) -> Iterator[Block]:
    """Yield the metadata of a PNG, before and after its pixels; what is behind its end is nobody's."""
    at = _START
    while at + _EXTRA <= len(data):
        budget.step()
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + _EXTRA + length
        if name == b"IEND":
            return
        if end > len(data):
            budget.note(BROKEN)
            return
        if name in _READ:
            yield from _chunk(data, at, end, budget)
        at = end


def _chunk(data: bytes, at: int, end: int, budget: Budget) -> Iterator[Block]:
    name = data[at + 4 : at + 8].decode()
    if not budget.allows(end - at - _EXTRA):
        return
    body = data[at + 8 : end - 4]
    if zlib.crc32(body, zlib.crc32(name.encode())) != int.from_bytes(data[end - 4 : end], "big"):
        budget.note(BROKEN)
        return
    if name == "eXIf":
        yield exif_block(body, "PNG eXIf")
        return
    try:
        key, text = _keyed(name, body, budget)
        yield _text(name, key, text)
    except BrokenBlockError:
        budget.note(BROKEN)
    except _TooLargeError:
        budget.note(TOO_LARGE)


def _text(name: str, key: str, text: bytes) -> Block:
    # The standard wants XMP in iTXt; Midjourney and Exiv2 write it to the others.
    if key == _XMP_KEY:
        return Block(BlockKind.XMP, f"XMP in PNG {name}", text)
    if key.startswith(RAW_PROFILE_START):
        return raw_profile(key, text)
    return text_block(text, f"PNG {name} {key}", key)


def _keyed(name: str, body: bytes, budget: Budget) -> tuple[str, bytes]:
    """Return (keyword, text) of a tEXt, zTXt or iTXt chunk."""
    key, found, rest = body.partition(b"\0")
    if not found or not 0 < len(key) <= _MOST_KEY or not key.isascii() or not key.decode().isprintable():
        raise BrokenBlockError("no keyword")
    if name == "zTXt":
        rest = _unpacked(rest[1:], budget)
    elif name == "iTXt":
        packed, method, after = rest[:1], rest[1:2], rest[2:]
        parts = after.split(b"\0", 2)  # language, translated keyword, text
        if len(parts) != 3 or method != b"\0" or packed not in (b"\0", b"\1"):  # noqa: PLR2004  # those three
            raise BrokenBlockError("not an iTXt")
        rest = _unpacked(parts[2], budget) if packed == b"\1" else parts[2]
    return key.decode(), rest


def _unpacked(packed: bytes, budget: Budget) -> bytes:
    most = min(MAX_BLOCK, budget.left)
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(packed, most + 1)
    except zlib.error as error:
        raise BrokenBlockError("not zlib") from error
    budget.spend(len(text))
    if len(text) > most:
        raise _TooLargeError
    if not inflater.eof:
        raise BrokenBlockError("cut off")
    return text
