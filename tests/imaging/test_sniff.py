"""Formats are told from content, and what is no picture is called by its name."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable

import pytest

from desktop_app.core.errors import NotAPictureError
from desktop_app.imaging.sniff import FORMATS, Signature, sniff
from tests.support import pictures


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


STRANGERS = {
    "nothing": (b"", "empty"),
    "zeros": (bytes(5000), "zeros"),
    "text": (b"BMW made 3 cars\n", "text file"),
    "text in Latin-1 is still no picture": ("Stra\u00dfe".encode("latin-1"), "not a picture"),
    "long text cut inside a letter": ("\u00e4".encode() * 3000, "text file"),
    "page": (b"<!DOCTYPE html><html><img src=x></html>", "web page"),
    "page after a comment": (b"\xef\xbb\xbf\n<!-- x --> <HTML>", "web page"),
    "page in UTF-16": ("<html>".encode("utf-16"), "web page"),
    "drawing": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "PDF": (b"%PDF-1.7\n", "PDF"),
    "ZIP": (zipped("a.jpg"), "ZIP"),
    "Word": (zipped("[Content_Types].xml", "word/document.xml"), "Office"),
    "old Office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 8, "Office"),
    "gzip": (gzip.compress(b"x"), "gzip"),
    "MP4": (b"\0\0\0\x18ftypisom\0\0\2\0", "video"),
    "QuickTime": (b"\0\0\0\x14ftypqt  \0\0\2\0", "QuickTime"),
    "WebM": (b"\x1a\x45\xdf\xa3\x9f\x42\x86", "WebM"),
    "AVI": (b"RIFF\x10\0\0\0AVI LIST", "AVI"),
    "sound": (b"RIFF\x10\0\0\0WAVEfmt ", "sound"),
    "JPEG XL": (b"\xff\x0a\xfa\x1f", "JPEG XL"),
    "JPEG XL in a box": (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
    "JPEG 2000": (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
    "Photoshop": (b"8BPS\0\1", "Photoshop"),
    "icon": (b"\0\0\1\0\1\0", "icon"),
    "Canon CR2": (b"II*\0\x10\0\0\0CR\2\0", "camera raw"),
    "Canon CR3": (b"\0\0\0\x18ftypcrx \0\0\0\1", "camera raw"),
    "Fuji": (b"FUJIFILMCCD-RAW 0201", "camera raw"),
    "program": (b"MZ\x90\0\3", "program"),
    "noise": (b"\x93\x07\xfe\xa1" * 20, "not a picture that Telltale can read"),
}


@pytest.mark.parametrize(("data", "words"), STRANGERS.values(), ids=STRANGERS.keys())
def test_a_stranger_is_called_by_its_name(data: bytes, words: str) -> None:
    with pytest.raises(NotAPictureError, match=words) as caught:
        sniff(data)
    assert caught.value.message.endswith(".")
    assert caught.value.hint.endswith(".")


@pytest.mark.parametrize(("name", "make"), pictures.FORMATS.items(), ids=pictures.FORMATS.keys())
def test_each_format_is_known_by_its_content(name: str, make: Callable[[], bytes]) -> None:
    assert sniff(make()) == name


def test_all_formats_are_covered() -> None:
    assert pictures.FORMATS.keys() == FORMATS


@pytest.mark.parametrize(
    ("brands", "name"),
    [
        (b"avif\0\0\0\0mif1", "AVIF"),
        (b"avis\0\0\0\0", "AVIF"),
        (b"mif1\0\0\0\0mif1avif", "AVIF"),
        (b"mif1\0\0\0\0heic", "HEIF"),
        (b"hevc\0\0\0\0", "HEIF"),
        (b"mif1\0\0\0\0", "HEIF"),
    ],
)
def test_brands_tell_avif_from_heic(brands: bytes, name: str) -> None:
    box = (8 + len(brands)).to_bytes(4, "big") + b"ftyp" + brands
    assert sniff(box + b"avif" * 4) == name


@pytest.mark.parametrize("magic", [b"II+\0\x08\0\0\0", b"MM\0+\0\x08\0\0", b"MM\0*\0\0\0\x08"])
def test_tiff_comes_in_four_kinds(magic: bytes) -> None:
    assert sniff(magic) == "TIFF"


def test_a_further_signature_can_be_given() -> None:
    assert sniff(b"TTX...", [Signature("X", b"TTX")]) == "X"
    with pytest.raises(NotAPictureError):
        sniff(b"TTX...")
