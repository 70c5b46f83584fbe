"""ImageMagick's way to keep EXIF, XMP and IPTC in a PNG text: a name, a length and hexadecimal digits."""

from __future__ import annotations

from desktop_app.evidence.containers.blocks import Block, BlockKind, BrokenBlockError, exif_block, text_block
from desktop_app.evidence.containers.photoshop import iptc_records

RAW_PROFILE_START = "Raw profile type "


def raw_profile(key: str, text: bytes) -> Block:
    """Return the block in a "Raw profile type …" text; of profiles without metadata, an empty one.

    Raises:
        BrokenBlockError: not digits, or not as many as it says.
    """
    kind = key.removeprefix(RAW_PROFILE_START).lower()
    where = f"{kind} profile in PNG text"
    if kind not in ("exif", "app1", "xmp", "iptc", "8bim"):
        return text_block(b"", where, key)
    body = _digits(text)
    if kind in ("iptc", "8bim"):
        return Block(BlockKind.IPTC, where, iptc_records(body) if body.startswith(b"8BIM") else body)
    return Block(BlockKind.XMP, where, body) if kind == "xmp" else exif_block(body, where)


def _digits(text: bytes) -> bytes:
    lines = text.split(None, 2)  # "exif", "     212", digits in lines of 72
    try:
        length, digits = int(lines[1]), lines[2]
        body = bytes.fromhex(digits.decode("ascii"))
    except (IndexError, ValueError) as error:
        raise BrokenBlockError("not a raw profile") from error
    if len(body) != length:
        raise BrokenBlockError("a raw profile of another length")
    return body
