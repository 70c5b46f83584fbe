"""Pictures with metadata, put together byte by byte: what cameras and programs write, and worse."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from tests.support import pictures
from tests.support.pictures import PNG_MAGIC, chunk, encode, photo

Value = str | int | Fraction | bytes
"""A tag's value: ASCII, LONG, RATIONAL or UNDEFINED."""

MAKE, MODEL, SOFTWARE, DESCRIPTION, ARTIST = 0x010F, 0x0110, 0x0131, 0x010E, 0x013B
EXPOSURE, F_NUMBER, SENSITIVITY, TAKEN, FOCAL_LENGTH = 0x829A, 0x829D, 0x8827, 0x9003, 0x920A
MAKER_NOTE, USER_COMMENT, LENS_MODEL = 0x927C, 0x9286, 0xA434
_PHOTO_DIRECTORY, _THUMBNAIL_AT, _THUMBNAIL_LENGTH = 0x8769, 0x0201, 0x0202

CAMERA: Mapping[int, Value] = {MAKE: "Ichos", MODEL: "Ichos D1"}
CAPTURE: Mapping[int, Value] = {
    EXPOSURE: Fraction(1, 250),
    F_NUMBER: Fraction(28, 10),
    SENSITIVITY: 200,
    TAKEN: "2024:05:01 12:30:00",
    FOCAL_LENGTH: Fraction(35, 1),
    MAKER_NOTE: b"Ichos\0 private",
    LENS_MODEL: "35mm F2.8",
}

SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/"


# ---------------------------------------------------------------- EXIF


def exif(
    main: Mapping[int, Value] | None = None,
    photo_tags: Mapping[int, Value] | None = None,
    thumbnail: bytes = b"",
    order: str = "<",
) -> bytes:
    """Return an EXIF block (without "Exif" in front): first directory, the camera's, and one with a thumbnail."""
    first: dict[int, Value] = dict(main or {})
    start = b"II*\0" if order == "<" else b"MM\0*"
    if photo_tags:
        first[_PHOTO_DIRECTORY] = 0
    at = 8
    photo_at = at + len(_directory(first, order, at, 0))
    if photo_tags:
        first[_PHOTO_DIRECTORY] = photo_at
    photo_block = _directory(dict(photo_tags), order, photo_at, 0) if photo_tags else b""
    second_at = photo_at + len(photo_block)
    second: dict[int, Value] = {_THUMBNAIL_AT: 0, _THUMBNAIL_LENGTH: len(thumbnail)}
    second[_THUMBNAIL_AT] = second_at + len(_directory(second, order, second_at, 0))
    next_at = second_at if thumbnail else 0
    block = start + struct.pack(order + "I", at) + _directory(first, order, at, next_at) + photo_block
    return block + _directory(second, order, second_at, 0) + thumbnail if thumbnail else block


def _directory(tags: dict[int, Value], order: str, at: int, next_at: int) -> bytes:
    entries, values = b"", b""
    values_at = at + 2 + 12 * len(tags) + 4
    for tag, value in sorted(tags.items()):
        kind, count, raw = _encoded(value, order)
        place = raw.ljust(4, b"\0")
        if len(raw) > 4:
            place = struct.pack(order + "I", values_at + len(values))
            values += raw + b"\0" * (len(raw) % 2)
        entries += struct.pack(order + "HHI", tag, kind, count) + place
    return struct.pack(order + "H", len(tags)) + entries + struct.pack(order + "I", next_at) + values


def _encoded(value: Value, order: str) -> tuple[int, int, bytes]:
    if isinstance(value, str):
        raw = value.encode() + b"\0"
        return 2, len(raw), raw
    if isinstance(value, bytes):
        return 7, len(value), value
    if isinstance(value, Fraction):
        return 5, 1, struct.pack(order + "II", value.numerator, value.denominator)
    return 4, 1, struct.pack(order + "I", value)


def user_comment(text: str, encoding: str = "utf-16-be") -> bytes:
    """Return a UserComment: UNICODE in either byte order, or ASCII."""
    return (b"UNICODE\0" if encoding.startswith("utf-16") else b"ASCII\0\0\0") + text.encode(encoding)


def camera_exif(**more: Any) -> bytes:
    """Return the EXIF block of a camera that doesn't exist."""
    return exif(CAMERA, CAPTURE, **more)


# ---------------------------------------------------------------- XMP


_NAMESPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "TC260": "http://www.tc260.org.cn/ns/AIGC/1.0/",
}


def xmp(body: str = "", attributes: str = "") -> bytes:
    """Return a packet with one description: ``attributes`` in its tag, ``body`` inside it."""
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in _NAMESPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta {spaces}><rdf:RDF><rdf:Description rdf:about="" {attributes}>{body}'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def source_type(term: str) -> bytes:
    """Return a packet that says IPTC's digital source type."""
    return xmp(f"<Iptc4xmpExt:DigitalSourceType>{SOURCE_TYPE}{term}</Iptc4xmpExt:DigitalSourceType>")


# ---------------------------------------------------------------- containers


def segment(marker: int, payload: bytes) -> bytes:
    """Return a JPEG segment."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload


def exif_segment(block: bytes) -> bytes:
    """Return EXIF in APP1."""
    return segment(0xE1, b"Exif\0\0" + block)


def xmp_segment(packet: bytes) -> bytes:
    """Return XMP in APP1."""
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)


def extended_xmp_segments(packet: bytes, piece: int = 60_000) -> list[bytes]:
    """Return a packet cut in pieces, as XMP over 64 KiB is."""
    digest = hashlib.md5(packet, usedforsecurity=False).hexdigest().upper().encode()
    start = b"http://ns.adobe.com/xmp/extension/\0" + digest
    return [
        segment(0xE1, start + struct.pack(">II", len(packet), at) + packet[at : at + piece])
        for at in range(0, len(packet), piece)
    ]


def iptc_segment(records: Mapping[int, str]) -> bytes:
    """Return IPTC records in APP13, behind another of Photoshop's resources."""
    resolution = b"8BIM" + struct.pack(">H", 0x03ED) + b"\0\0" + struct.pack(">I", 3) + b"abc\0"
    return segment(0xED, b"Photoshop 3.0\0" + resolution + photoshop_iptc(records))


def photoshop_iptc(records: Mapping[int, str]) -> bytes:
    """Return Photoshop's resource with IPTC records."""
    body = iptc_records(records)
    return (
        b"8BIM"
        + struct.pack(">H", 0x0404)
        + b"\0\0"
        + struct.pack(">I", len(body))
        + body
        + b"\0" * (len(body) % 2)
    )


def iptc_records(records: Mapping[int, str]) -> bytes:
    """Return IPTC's application record."""
    return b"".join(
        struct.pack(">BBBH", 0x1C, 2, number, len(text.encode())) + text.encode()
        for number, text in records.items()
    )


@cache
def _plain_jpeg() -> bytes:
    return pictures.jpeg(64, 48)


@cache
def _plain_png() -> bytes:
    return pictures.png(64, 48)


@cache
def _plain_gif() -> bytes:
    return encode(photo(64, 48), "GIF")


def jpeg_with(*segments: bytes) -> bytes:
    """Return a JPEG with these segments behind its first two bytes."""
    plain = _plain_jpeg()
    return plain[:2] + b"".join(segments) + plain[2:]


def png_with(*chunks: bytes, behind: bool = False) -> bytes:
    """Return a PNG with these chunks before its pixels, or behind them."""
    plain = _plain_png()
    at = len(plain) - 12 if behind else len(PNG_MAGIC) + 25
    return plain[:at] + b"".join(chunks) + plain[at:]


def text(key: str, value: str, kind: str = "tEXt") -> bytes:
    """Return a PNG text chunk: tEXt (in UTF-8, as half its writers do), zTXt, iTXt, or iTXt packed ("iTXz")."""
    start, raw = key.encode() + b"\0", value.encode()
    if kind == "zTXt":
        return chunk(b"zTXt", start + b"\0" + zlib.compress(raw))
    if kind == "iTXt":
        return chunk(b"iTXt", start + b"\0\0\0\0" + raw)
    if kind == "iTXz":
        return chunk(b"iTXt", start + b"\1\0\0\0" + zlib.compress(raw))
    return chunk(b"tEXt", start + raw)


def webp_with(*, exif_block: bytes = b"", packet: bytes = b"") -> bytes:
    """Return a WebP with metadata."""
    return encode(photo(64, 48), "WEBP", exif=exif_block, xmp=packet)


def gif_with(*, packet: bytes = b"", comment: bytes = b"") -> bytes:
    """Return a GIF with metadata in front of its picture."""
    plain = _plain_gif()
    at = 13 + (3 << (plain[10] & 7) + 1)
    added = b""
    if packet:
        tail = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
        added += b"\x21\xff\x0bXMP DataXMP" + packet + tail
    if comment:
        added += b"\x21\xfe" + bytes([len(comment)]) + comment + b"\0"
    return plain[:at] + added + plain[at:]
