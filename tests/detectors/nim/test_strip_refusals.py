"""Files that are not by the book are not stripped; their pixels are encoded afresh instead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop_app.detectors.nim.containers import CannotStripError, TooLongError
from desktop_app.detectors.nim.strip import strip
from tests.detectors.nim.makers import png_with, stripped
from tests.support import pictures
from tests.support.pictures import PNG_MAGIC, chunk


def _without_end(data: bytes) -> bytes:
    return data[:-2]


def _second_start(data: bytes) -> bytes:
    return data[:2] + b"\xff\xd8" + data[2:]


def _garbage_between(data: bytes) -> bytes:
    return data[:20] + b"\0\0" + data[20:]


def _no_scan(data: bytes) -> bytes:
    return data[: data.index(b"\xff\xda")] + b"\xff\xd9"


def _two_frames(data: bytes) -> bytes:
    at = data.index(b"\xff\xc0")
    end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return data[:end] + data[at:end] + data[end:]


def _arithmetic(data: bytes) -> bytes:
    return data.replace(b"\xff\xc0", b"\xff\xc9", 1)


def _twelve_bits(data: bytes) -> bytes:
    at = data.index(b"\xff\xc0")
    return data[: at + 4] + b"\x0c" + data[at + 5 :]


def _short_segment(data: bytes) -> bytes:
    return data[:2] + b"\xff\xe1\0\1" + data[2:]


def _long_segment(data: bytes) -> bytes:
    return data[:20] + b"\xff\xe1\xff\xff"


@pytest.mark.parametrize(
    "damage",
    [
        _without_end,
        _second_start,
        _garbage_between,
        _no_scan,
        _two_frames,
        _arithmetic,
        _twelve_bits,
        _short_segment,
        _long_segment,
    ],
)
def test_a_jpeg_that_is_not_by_the_book_is_refused(damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(CannotStripError):
        stripped(damage(pictures.jpeg()))


@pytest.mark.parametrize(
    "data",
    [
        pictures.png()[:-12],
        pictures.png()[:-5],
        pictures.png()[:60],
        png_with(chunk(b"ABCD", b"")),
        png_with(chunk(b"ab?d", b"")),
        png_with(chunk(b"IHDR", bytes(13))),
        png_with(chunk(b"gAMA", b"\0\0\0\1", checksum=5)),
        PNG_MAGIC + chunk(b"IEND", b""),
        PNG_MAGIC + chunk(b"IDAT", b"") + chunk(b"IHDR", bytes(13)) + chunk(b"IEND", b""),
        pictures.png()[:-12] + chunk(b"PLTE", bytes(3)) + pictures.png()[-12:],
        pictures.png()[:-12] + chunk(b"gAMA", bytes(4)) + chunk(b"IDAT", b"") + pictures.png()[-12:],
        pictures.animated("PNG"),
    ],
)
def test_a_png_that_is_not_by_the_book_or_moves_is_refused(data: bytes) -> None:
    with pytest.raises(CannotStripError):
        stripped(data)


@pytest.mark.parametrize("name", sorted(set(pictures.FORMATS) - {"JPEG", "PNG"}))
def test_other_formats_are_refused(name: str) -> None:
    with pytest.raises(CannotStripError):
        stripped(pictures.FORMATS[name]())


@pytest.mark.parametrize("data", [pictures.jpeg(), pictures.png()])
def test_what_is_too_long_is_noticed_without_reading_on(data: bytes) -> None:
    with pytest.raises(TooLongError):
        strip(data[:5_000] + bytes(50_000_000), 1_000)
