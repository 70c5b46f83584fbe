"""Metadata in WebP, GIF, TIFF, HEIC and AVIF."""

from __future__ import annotations

import struct

import pytest

from desktop_app.evidence.containers import blocks as limits
from desktop_app.evidence.containers.blocks import BlockKind, Budget
from desktop_app.evidence.containers.walk import metadata_blocks
from tests.evidence.makers import blocks, found
from tests.support import marks, pictures
from tests.support.marks import camera_exif, gif_with, source_type, webp_with, xmp
from tests.support.pictures import encode, photo


def test_a_bmp_has_no_metadata() -> None:
    assert blocks(pictures.FORMATS["BMP"]()) == ([], [])


@pytest.mark.parametrize("name", pictures.FORMATS)
def test_a_plain_picture_has_none_that_say_anything(name: str) -> None:
    assert found(pictures.FORMATS[name]()) == ()


def test_a_webp_chunk_that_ends_behind_the_file_leaves_a_note() -> None:
    data = webp_with(packet=xmp())
    at = data.index(b"XMP ") + 4
    assert blocks(data[:at] + struct.pack("<I", 0xFFFFFF) + data[at + 4 :]) == ([], [limits.BROKEN])


def test_what_is_behind_the_length_that_a_webp_says_is_not_read() -> None:
    plain = encode(photo(64, 48), "WEBP")
    packet = source_type("trainedAlgorithmicMedia")
    assert blocks(plain + b"XMP " + struct.pack("<I", len(packet)) + packet) == ([], [])


def test_exif_and_xmp_are_found_in_webp() -> None:
    yielded, notes = blocks(webp_with(exif_block=b"Exif\0\0" + camera_exif(), packet=xmp()))
    assert {block.where: block.data for block in yielded} == {
        "EXIF in WebP": camera_exif(),
        "XMP in WebP": xmp(),
    }
    assert notes == []


@pytest.mark.parametrize("cut", [800, 900, 1500])
def test_a_gif_that_is_cut_off_leaves_a_note(cut: int) -> None:
    assert blocks(gif_with(packet=xmp())[:cut])[1] == [limits.BROKEN]


def test_xmp_and_comments_are_found_in_gif() -> None:
    yielded, notes = blocks(gif_with(packet=xmp(), comment=b"hello"))
    assert [(block.where, block.data) for block in yielded] == [("XMP in GIF", xmp()), ("GIF comment", b"hello")]
    assert notes == []


def test_metadata_behind_an_animations_frames_are_found() -> None:
    data = pictures.animated("GIF")
    comment = b"\x21\xfe\x05hello\0"
    assert [block.data for block in blocks(data[:-1] + comment + data[-1:])[0]] == [b"hello"]


def test_a_gif_of_endless_sub_blocks_ends_at_the_limit() -> None:
    data = gif_with()[:-1] + b"\x21\xfe" + b"\1x" * 10_000
    budget = Budget(parts=1_000)
    assert list(metadata_blocks(data, "GIF", budget)) == []
    assert budget.notes == [limits.TOO_MANY]


def test_tiff_carries_its_tags_xmp_and_iptc_without_a_copy_of_the_file() -> None:
    tags = marks.exif(
        {
            700: xmp(),
            33_723: marks.iptc_records({110: "A person"}),
            34_377: marks.photoshop_iptc({110: "B person"}),
        }
    )
    yielded, notes = blocks(tags)
    assert [(block.kind, block.where) for block in yielded] == [
        (BlockKind.EXIF, "TIFF tags"),
        (BlockKind.XMP, "XMP in TIFF"),
        (BlockKind.IPTC, "IPTC in TIFF"),
        (BlockKind.IPTC, "IPTC in TIFF"),
    ]
    assert yielded[0].data is tags
    assert yielded[3].data == marks.iptc_records({110: "B person"})
    assert notes == []


@pytest.mark.parametrize("start", [b"II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0", b"MM\0+\0\x08\0\0\0\0\0\0\0\0\0\x10"])
def test_a_bigtiff_is_not_damaged_and_not_read(start: bytes) -> None:
    assert blocks(start + b"\0" * 40) == ([], [limits.BIG_TIFF])


def test_a_tiff_without_a_directory_leaves_a_note() -> None:
    assert blocks(b"II*\0\xff\xff\0\0") == ([], [limits.BROKEN])


def test_exif_and_xmp_are_found_in_avif() -> None:
    data = encode(photo(64, 48), "AVIF", speed=10, exif=camera_exif(), xmp=xmp())
    yielded, notes = blocks(data)
    assert [(block.kind, block.where) for block in yielded] == [
        (BlockKind.EXIF, "EXIF in AVIF"),
        (BlockKind.XMP, "XMP in AVIF"),
    ]
    assert yielded[0].data == camera_exif()
    assert notes == []


@pytest.mark.parametrize("name", ["AVIF", "HEIF"])
def test_a_broken_heif_or_avif_leaves_a_note(name: str) -> None:
    data = pictures.FORMATS[name]()[:60]
    budget = Budget()
    assert list(metadata_blocks(data, name, budget)) == []
    assert budget.notes == [limits.BROKEN]
