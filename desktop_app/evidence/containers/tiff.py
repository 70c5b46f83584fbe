"""TIFF's directories of tags (TIFF 6.0), which are EXIF's, too.

One small reader serves TIFF files, EXIF blocks in every container and the search for credentials; a value is
read when it is asked for. Pillow's reads all of them, raises nearly everything on damage, warns thousands of times
about one hostile block, and wants TIFF files opened as pictures. The tests hold the two against each other.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop_app.evidence.containers.blocks import (
    BIG_TIFF,
    Block,
    BlockKind,
    BrokenBlockError,
    Budget,
    exif_block,
)
from desktop_app.evidence.containers.photoshop import iptc_records

_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_BIG_ORDERS = (b"II+\0", b"MM\0+")
_ENTRY = 12
_INLINE = 4
_MOST_ENTRIES = 1_000
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
_SHORT, _LONG, _RATIONAL, _IFD = 3, 4, 5, 13

_XMP, _IPTC, _PHOTOSHOP = 700, 33_723, 34_377


@dataclass(frozen=True, slots=True)
class _Field:
    kind: int
    count: int
    at: int
    length: int


class Directory:
    """The tags of one directory; values are read on demand. A tag that points outside the file isn't there."""

    def __init__(self, data: bytes, order: str, fields: Mapping[int, _Field]) -> None:
        self._data = data
        self._order = order
        self._fields = fields

    def __contains__(self, tag: int) -> bool:
        return tag in self._fields

    def raw(self, tag: int, most: int) -> bytes:
        """Return at most ``most`` bytes of a tag's value; empty when it isn't there."""
        found = self._fields.get(tag)
        return self._data[found.at : found.at + min(found.length, most)] if found else b""

    def length(self, tag: int) -> int:
        """Return the number of bytes of a tag's value."""
        found = self._fields.get(tag)
        return found.length if found else 0

    def number(self, tag: int) -> int | None:
        """Return the first whole number of a tag."""
        found = self._fields.get(tag)
        if found is None or not found.count or found.kind not in (_SHORT, _LONG, _IFD):
            return None
        code = "H" if found.kind == _SHORT else "I"
        return int(struct.unpack_from(self._order + code, self._data, found.at)[0])

    def ratio(self, tag: int) -> float | None:
        """Return the first fraction of a tag; None when it is none or divides by 0."""
        found = self._fields.get(tag)
        if found is None or not found.count or found.kind != _RATIONAL:
            return None
        above, below = struct.unpack_from(self._order + "II", self._data, found.at)
        return above / below if below else None


@dataclass(frozen=True, slots=True)
class Tiff:
    """A TIFF structure: its first directory, and whence the others are found."""

    data: bytes
    order: str
    first: Directory
    second_at: int

    def directory(self, at: int | None) -> Directory:
        """Return the directory at ``at``, an empty one where there is none."""
        if not at:
            return Directory(self.data, self.order, {})
        try:
            return _directory(self.data, self.order, at)[0]
        except BrokenBlockError:
            return Directory(self.data, self.order, {})


def read_tiff(data: bytes) -> Tiff:
    """Return the structure of a TIFF file or an EXIF block.

    Raises:
        BrokenBlockError: no TIFF header (BigTIFF isn't read), or no directory where it points.
    """
    order = _ORDERS.get(data[:4])
    if order is None or len(data) < 8:  # noqa: PLR2004  # mark and pointer
        raise BrokenBlockError("not a TIFF structure")
    first, second_at = _directory(data, order, struct.unpack_from(order + "I", data, 4)[0])
    return Tiff(data, order, first, second_at)


def _directory(data: bytes, order: str, at: int) -> tuple[Directory, int]:
    """Return the directory at ``at`` and the place of the next one, 0 when there is none."""
    if at + 2 > len(data):
        raise BrokenBlockError("a directory outside the file")
    (count,) = struct.unpack_from(order + "H", data, at)
    end = at + 2 + count * _ENTRY
    if count > _MOST_ENTRIES or end > len(data):
        raise BrokenBlockError("a directory is cut off")
    fields = dict(_fields(data, order, at + 2, end))
    second_at = struct.unpack_from(order + "I", data, end)[0] if end + 4 <= len(data) else 0
    return Directory(data, order, fields), second_at


def _fields(data: bytes, order: str, at: int, end: int) -> Iterator[tuple[int, _Field]]:
    for entry in range(at, end, _ENTRY):
        tag, kind, count = struct.unpack_from(order + "HHI", data, entry)
        length = _SIZES.get(kind, 0) * count
        place = entry + 8
        if length > _INLINE:
            (place,) = struct.unpack_from(order + "I", data, place)
        if length and place + length <= len(data):
            yield tag, _Field(kind, count, place, length)


def tiff_blocks(data: bytes, budget: Budget) -> Iterator[Block]:
    """Yield a TIFF file's own tags, its XMP and its IPTC; of a BigTIFF, which is sound but not read, a note.

    Raises:
        BrokenBlockError: see :func:`read_tiff`.
    """
    if data.startswith(_BIG_ORDERS):
        budget.note(BIG_TIFF)
        return
    first = read_tiff(data).first
    yield exif_block(data, "TIFF tags")  # the same bytes, not a copy
    if _XMP in first and budget.allows(first.length(_XMP)):
        yield Block(BlockKind.XMP, "XMP in TIFF", first.raw(_XMP, first.length(_XMP)))
    for tag in (_IPTC, _PHOTOSHOP):
        if tag in first and budget.allows(first.length(tag)):
            body = first.raw(tag, first.length(tag))
            records = iptc_records(body) if tag == _PHOTOSHOP else body
            if records:
                yield Block(BlockKind.IPTC, "IPTC in TIFF", records)
