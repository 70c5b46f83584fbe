"""A folder of everything that may be dropped on a program that reads pictures, and what must become of it."""

from __future__ import annotations

import os
import random
import socket
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.support import pictures
from tests.support.pictures import chunk, encode, photo, png_from_rows, truncated_at

DONE = frozenset({"done"})
DAMAGED = frozenset({"damaged_picture"})
NOT_A_PICTURE = frozenset({"not_a_picture"})
TOO_MANY = frozenset({"too_many_pixels"})
CUT = DAMAGED | NOT_A_PICTURE
"""So little may be left that nobody can say what it was."""

_SIDE = 65_535


@dataclass(frozen=True, slots=True)
class Hostile:
    """One item: where it lies, and the error codes it may end with ("done" for none)."""

    path: str
    ends: frozenset[str]


def make_hostile_folder(folder: Path) -> list[Hostile]:
    """Fill ``folder``; names are as the file system gives them back (lone surrogates for foreign bytes)."""
    files = {
        **_strangers(),
        **_truncated(),
        **_bombs(),
        **_strips(),
        **_broken_metadata(),
        **_broken_structure(),
    }
    items = [_write(folder, os.fsencode(name), data, ends) for name, (data, ends) in files.items()]
    items += [_write(folder, name, _small(), DONE) for name in _names()]
    items += list(_places(folder))
    return items


Files = dict[str, tuple[bytes, frozenset[str]]]


def _write(folder: Path, name: bytes, data: bytes, ends: frozenset[str]) -> Hostile:
    path = os.path.join(os.fsencode(folder), name)  # noqa: PTH118  # pathlib takes no bytes
    with open(path, "wb") as file:  # noqa: PTH123  # as above
        file.write(data)
    return Hostile(os.fsdecode(path), ends)


def _small() -> bytes:
    return pictures.png(32, 32)


def _strangers() -> Files:
    noise = random.Random(3).randbytes(5000)
    return {
        "empty.jpg": (b"", frozenset({"empty_file"})),
        "text.jpg": (b"Dear diary, this is no picture.\n" * 30, NOT_A_PICTURE),
        "page.png": (b"<!DOCTYPE html><html><body>404</body></html>", NOT_A_PICTURE),
        "drawing.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', NOT_A_PICTURE),
        "paper.pdf.jpg": (b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF", NOT_A_PICTURE),
        "script.eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n", NOT_A_PICTURE),
        "archive.webp": (b"PK\x03\x04" + noise, NOT_A_PICTURE),
        "program.jpg": (b"\x7fELF\x02\x01\x01" + noise, NOT_A_PICTURE),
        "noise.jpg": (noise, NOT_A_PICTURE),
        "zeros.png": (bytes(4096), NOT_A_PICTURE),
        "one byte.gif": (b"G", NOT_A_PICTURE),
        "only magic.jpg": (b"\xff\xd8\xff", CUT),
        "only magic.png": (pictures.PNG_MAGIC, CUT),
        "only magic.gif": (b"GIF89a", CUT),
        "magic and noise.jpg": (b"\xff\xd8\xff\xe0" + noise, CUT),
        "magic and noise.png": (pictures.PNG_MAGIC + noise, CUT),
        "magic and noise.webp": (b"RIFF" + struct.pack("<I", len(noise)) + b"WEBPVP8 " + noise, CUT),
    }


def _truncated() -> Files:
    files: Files = {}
    for name in ("JPEG", "PNG", "WEBP"):
        whole = encode(photo(), name)
        for tenth in range(1, 10):
            files[f"{tenth * 10} percent of a.{name.lower()}"] = (truncated_at(whole, tenth / 10), CUT)
    for name in ("GIF", "BMP", "TIFF", "AVIF", "HEIF"):
        files[f"half of a.{name.lower()}"] = (truncated_at(pictures.FORMATS[name](), 0.5), CUT)
    return files


def _bombs() -> Files:
    return {
        "bomb.png": (pictures.pixel_bomb(), TOO_MANY),
        "bomb.webp": (pictures.webp_bomb(), TOO_MANY),
        "bomb.jpg": (_with_jpeg_size(_SIDE, _SIDE), TOO_MANY),
        "bomb.gif": (_gif_bomb(), TOO_MANY),
        "text bomb.png": (pictures.text_bomb(), DONE | DAMAGED),
        "profile bomb.png": (_with_profile_bomb(), DONE | DAMAGED),
    }


def _strips() -> Files:
    tall = png_from_rows((2000, _SIDE), 1, 0, b"\0" * 1000)
    return {
        "wide strip.png": (pictures.strip(_SIDE, 1), DONE),
        "tall strip.png": (pictures.strip(1, _SIDE), DONE),
        "wide strip of nothing.png": (png_from_rows((_SIDE, 0), 8, 2, b""), DAMAGED),
        "too large strip.png": (tall, TOO_MANY),
        "strip without pixels.jpg": (_with_jpeg_size(_SIDE, 8), DAMAGED),
    }


def _broken_metadata() -> Files:
    files: Files = {"text with a wrong checksum.png": (pictures.with_bad_text_checksum(), DONE | DAMAGED)}
    for name in ("JPEG", "PNG", "WEBP"):
        ending = name.lower()
        files[f"corrupt ICC.{ending}"] = (pictures.with_broken_profile(name), DONE)
        files[f"corrupt EXIF.{ending}"] = (pictures.with_broken_exif(name), DONE)
        files[f"no EXIF at all.{ending}"] = (pictures.with_junk_exif(name), DONE)
        files[f"corrupt XMP.{ending}"] = (pictures.with_broken_xmp(name), DONE)
    return files


def _broken_structure() -> Files:
    tiff = encode(photo(), "TIFF")
    looped = tiff[:4] + struct.pack("<I", 8) + struct.pack("<HI", 0, 8)
    return {
        "size of zero.jpg": (_with_jpeg_size(0, 0), CUT),
        "pixels with a wrong checksum.png": (_with_wrong_checksum(), DAMAGED),
        "directory that leads to itself.tiff": (looped, CUT),
        "directory behind the end.tiff": (tiff[:4] + struct.pack("<I", 2**31) + tiff[8:], CUT),
        "negative height.bmp": (_bmp(32, -(2**31)), CUT | TOO_MANY),
        "two billion wide.bmp": (_bmp(2**31 - 1, 1), CUT | TOO_MANY),
    }


def _with_jpeg_size(width: int, height: int) -> bytes:
    data = bytearray(pictures.jpeg(64, 48))
    start = data.index(b"\xff\xc0")  # the frame header: length, precision, height, width
    struct.pack_into(">HH", data, start + 5, height, width)
    return bytes(data)


def _gif_bomb() -> bytes:
    screen = struct.pack("<6sHHBBB", b"GIF89a", _SIDE, _SIDE, 0, 0, 0)
    frame = struct.pack("<BHHHHB", 0x2C, 0, 0, _SIDE, _SIDE, 0)
    return screen + frame + b"\x08\x02\x00\x51\x00;"


def _with_profile_bomb() -> bytes:
    profile = zlib.compress(bytes(200 * 2**20), 9)
    added = chunk(b"iCCP", b"bomb\0\0" + profile)
    whole = pictures.png(64, 48)
    return whole[:33] + added + whole[33:]


def _with_wrong_checksum() -> bytes:
    data = bytearray(encode(Image.effect_noise((64, 48), 90), "PNG"))
    data[data.index(b"IDAT") + 40] ^= 0xFF
    return bytes(data)


def _bmp(width: int, height: int) -> bytes:
    info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return struct.pack("<2sIHHI", b"BM", 54, 0, 0, 54) + info


def _names() -> list[bytes]:
    """Names for sound pictures; all bytes but the slash and zero are legal on Linux."""
    return [
        b"new\nline.png",
        b"carriage\rreturn.png",
        b"\x1b[2J\x1b]0;owned\x07 terminal.png",
        "emoji 👩‍🚀🏳️‍🌈.png".encode(),
        "bidi \u202egnp.exe".encode(),
        "isolate \u2067abc\u2069 mark\u200f.png".encode(),
        "zalgo a\u0300\u0301\u0302\u0303.png".encode(),
        "line\u2028separator.png".encode(),
        b"not utf-8 \xff\xfe\x80.png",
        b"half a surrogate \xed\xa0\x80.png",
        b"=cmd|' calc'!A0.png",
        b"--format.png",
        b"%s %n {0} %(name)s.png",
        b"<b>bold<img src=x>.png",
        b"quote\"quote'.png",
        b" blanks around .png ",
        b"no ending",
        b"x" * 251 + b".png",
    ]


def _places(folder: Path) -> Iterator[Hostile]:
    """What is no ordinary file at all, or one that can't be reached."""
    locked = folder / "locked.png"
    locked.write_bytes(_small())
    locked.chmod(0)
    yield Hostile(str(locked), frozenset({"unreadable_file"}))
    closed = folder / "closed folder"
    closed.mkdir(mode=0)
    yield Hostile(str(closed), frozenset({"unreadable_file"}))
    os.mkfifo(folder / "pipe.png")
    yield Hostile(str(folder / "pipe.png"), frozenset({"not_a_file"}))
    _socket_file(folder, "socket.png")
    yield Hostile(str(folder / "socket.png"), frozenset({"not_a_file"}))
    for name, target, ends in (
        ("device.png", "/dev/zero", "not_a_file"),
        ("nothing.png", "/dev/null", "not_a_file"),
        ("leads nowhere.png", "no such file", "missing_file"),
        ("leads to itself.png", "leads to itself.png", "link_loop"),
        ("one.png", "two.png", "link_loop"),
        ("two.png", "one.png", "link_loop"),
    ):
        (folder / name).symlink_to(target)
        yield Hostile(str(folder / name), frozenset({ends}))
    inner = folder / "folder"
    inner.mkdir()
    (inner / "back to the top").symlink_to(folder)
    yield Hostile(str(inner / "back to the top"), frozenset({"link_loop"}))


def _socket_file(folder: Path, name: str) -> None:
    before = Path.cwd()
    os.chdir(folder)  # a socket's path may have 107 bytes; pytest's folders are longer
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(name)
    finally:
        os.chdir(before)
