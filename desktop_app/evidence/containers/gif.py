"""Metadata in a GIF's extensions (GIF89a; XMP part 3, 1.1.2)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.evidence.containers.blocks import BROKEN, Block, BlockKind, Budget, text_block

_HEADER = 13
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_COMMENT, _APPLICATION = 0xFE, 0xFF
_XMP_START = b"\x0bXMP DataXMP"
# XMP's bytes are no sub-blocks. 258 bytes behind them lead any reader out, whichever it took for a length.
_TAIL = b"\x01" + bytes(range(255, -1, -1)) + b"\0"


def gif_blocks(data: bytes, budget: Budget) -> Iterator[Block]:
    """Yield XMP and comments."""
    try:
        yield from _blocks(data, budget)
    except IndexError:
        budget.note(BROKEN)


def _blocks(data: bytes, budget: Budget) -> Iterator[Block]:
    at = _HEADER + _table(data[10])
    while at < len(data) and data[at] != _TRAILER:
        budget.step()
        if data[at] == _IMAGE:
            at = _skip(data, at + 11 + _table(data[at + 9]), budget)
        elif data[at] == _EXTENSION and data.startswith(_XMP_START, at + 2) and data[at + 1] == _APPLICATION:
            start = at + 2 + len(_XMP_START)
            end = data.find(_TAIL, start)
            if end < 0:
                raise IndexError
            if budget.allows(end - start):
                yield Block(BlockKind.XMP, "XMP in GIF", data[start:end])
            at = end + len(_TAIL)
        elif data[at] == _EXTENSION:
            end = _skip(data, at + 2, budget)
            if data[at + 1] == _COMMENT and budget.allows(end - at):
                yield text_block(_joined(data, at + 2, end), "GIF comment", "comment")
            at = end
        else:
            budget.note(BROKEN)
            return


def _table(flags: int) -> int:
    """Return the number of bytes of the colour table that ``flags`` announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _skip(data: bytes, at: int, budget: Budget) -> int:
    """Return the place behind a chain of sub-blocks.

    Raises:
        IndexError: the file ends before the chain does.
    """
    while data[at]:
        budget.step()
        at += 1 + data[at]
    return at + 1


def _joined(data: bytes, at: int, end: int) -> bytes:
    parts = []
    while at < end and data[at]:
        parts.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return b"".join(parts)
