"""What :mod:`.strip_jpeg` and :mod:`.strip_png` share: errors, and the one EXIF field that stays."""

from __future__ import annotations

import struct


class CannotStripError(Exception):
    """The container is not what the standard says, or holds something that can't be sent; the text says what."""


class TooLongError(Exception):
    """What is left is longer than may be sent."""


Part = bytes | int
"""A piece of the result, or the EXIF orientation (1 to 8) once it is known."""

EXIF_START = b"Exif\0\0"
"""What JPEG puts before the EXIF block proper (Exif 2.32, 4.7.2); PNG has the block alone."""

_ORIENTATION, _SHORT = 0x0112, 3
_ENTRY = 12
_MOST_TURNED = 8
_HEADERS = {b"II*\0": "<", b"MM\0*": ">"}


def read_orientation(block: bytes) -> int:
    """Return the orientation in an EXIF block (a small TIFF file, TIFF 6.0); 1, upright, where it can't be read.

    A damaged block is dropped like any other; whether the picture was turned by somebody who could read it is
    compared in :mod:`.prepare`.
    """
    order = _HEADERS.get(block[:4])
    if order is None:
        return 1
    try:
        (directory,) = struct.unpack_from(f"{order}I", block, 4)
        (count,) = struct.unpack_from(f"{order}H", block, directory)
        for number in range(count):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", block, directory + 2 + number * _ENTRY)
            if tag == _ORIENTATION:
                return value if kind == _SHORT and 1 <= value <= _MOST_TURNED else 1
    except struct.error:
        pass
    return 1


def orientation_block(orientation: int) -> bytes:
    """Return an EXIF block of 26 bytes that says the orientation and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
