"""What a file is, told from its first bytes alone.

Suffixes and content types lie, and a decoder that is chosen by them can be chosen by an attacker. Only the eight
formats named here ever reach Pillow, each with its own plug-in alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.core.errors import NotAPictureError
from desktop_app.imaging.strangers import describe_stranger

FORMATS = frozenset({"JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIF"})
"""Pillow's names of the formats that are read."""


@dataclass(frozen=True, slots=True)
class Signature:
    """``magic`` at ``offset`` bytes from the start says that a file is of Pillow's ``format``."""

    format: str
    magic: bytes
    offset: int = 0

    def fits(self, data: bytes) -> bool:
        """Whether ``data`` carries this signature."""
        return data.startswith(self.magic, self.offset)


SIGNATURES = (
    Signature("JPEG", b"\xff\xd8\xff"),
    Signature("PNG", b"\x89PNG\r\n\x1a\n"),
    Signature("GIF", b"GIF87a"),
    Signature("GIF", b"GIF89a"),
    Signature("TIFF", b"II*\0"),
    Signature("TIFF", b"MM\0*"),
    Signature("TIFF", b"II+\0"),  # BigTIFF
    Signature("TIFF", b"MM\0+"),
)

# Sizes of the known BMP info headers: "BM" alone would make a picture of every text about BMWs.
_BMP_HEADERS = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
_BMP_HEADER_AT = 14

# ISO/IEC 23008-12 and the AVIF specification; major brand first, compatible brands after it.
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_GENERIC_BRANDS = frozenset({b"mif1", b"msf1"})
_MOST_BRANDS = 64
_CAMERA_RAW = b"CR"  # Canon's CR2 is a TIFF with this mark behind the header
_CAMERA_RAW_AT = 8


def sniff(data: bytes, extra: Sequence[Signature] = ()) -> str:
    """Return Pillow's name of the format of ``data``.

    Args:
        data: the whole file, or at least its first 4 KiB.
        extra: further signatures; only tests have any.

    Raises:
        NotAPictureError: with a sentence that says what the file is instead, where that can be told.
    """
    for signature in (*extra, *SIGNATURES):
        if signature.fits(data) and not _is_canon_raw(data):
            return signature.format
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if _is_bmp(data):
        return "BMP"
    if (media := _iso_media(data)) is not None:
        return media
    raise NotAPictureError(*describe_stranger(data))


def _is_canon_raw(data: bytes) -> bool:
    return data.startswith(b"II*\0") and data.startswith(_CAMERA_RAW, _CAMERA_RAW_AT)


def _is_bmp(data: bytes) -> bool:
    header = int.from_bytes(data[_BMP_HEADER_AT : _BMP_HEADER_AT + 4], "little")
    return data.startswith(b"BM") and header in _BMP_HEADERS


def _iso_media(data: bytes) -> str | None:
    """Return AVIF or HEIF for a picture in an ISO media file, None for a video or anything else."""
    if data[4:8] != b"ftyp":
        return None
    major = data[8:12]
    if major in _AVIF_BRANDS:
        return "AVIF"
    if major in _HEIF_BRANDS:
        return "HEIF"
    if major in _GENERIC_BRANDS:
        return "AVIF" if _AVIF_BRANDS & _compatible_brands(data) else "HEIF"
    return None


def _compatible_brands(data: bytes) -> frozenset[bytes]:
    end = min(int.from_bytes(data[:4], "big"), len(data), 16 + 4 * _MOST_BRANDS)
    return frozenset(data[at : at + 4] for at in range(16, end, 4))
