"""Credentials that are not in the file: an address in its XMP, ``dcterms:provenance`` (C2PA 2.2, 11.4)."""

from __future__ import annotations

from desktop_app.evidence.containers.blocks import BlockKind, BrokenBlockError, Budget
from desktop_app.evidence.containers.walk import metadata_blocks
from desktop_app.evidence.objects import short
from desktop_app.evidence.tags.xmp import read_xmp

_TERMS = "http://purl.org/dc/terms/"
_NAME = "provenance"
# Those whose metadata only a whole decoder's start would give out; no program is known to write an address there.
_DEAR = frozenset({"AVIF", "HEIF"})


def find_pointer(data: bytes, format_name: str) -> str:
    """Return the address where a file's credentials are kept, plain and short; empty when it names none.

    Args:
        data: the whole file.
        format_name: Pillow's name of its format.
    """
    if format_name in _DEAR:
        return ""
    for block in metadata_blocks(data, format_name, Budget()):
        if block.kind is not BlockKind.XMP or _NAME.encode() not in block.data:
            continue
        try:
            address = read_xmp(block.data, block.where).text(_TERMS, _NAME)
        except BrokenBlockError:
            continue
        if address.startswith(("https://", "http://")):
            return short(address)
    return ""
