"""EXIF tags, and TIFF's directories under them."""

from __future__ import annotations

import struct
from fractions import Fraction

import pytest
from PIL import ExifTags, Image

from desktop_app.evidence.containers.blocks import BrokenBlockError
from desktop_app.evidence.containers.tiff import read_tiff
from desktop_app.evidence.tags import exif as tags
from desktop_app.evidence.tags.exif import Exif
from tests.support import marks
from tests.support.marks import camera_exif, user_comment


def read(block: bytes) -> Exif:
    return Exif(block, "here")


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"II*\0",
        b"II+\0\x08\0\0\0\x10\0\0\0",
        b"not a TIFF at all",
        b"II*\0\xff\xff\xff\xff",
        b"II*\0\x08\0\0\0\xff\xff",
        b"MM\0*\0\0\0\x08\0\x05" + b"\0" * 12,
    ],
)
def test_what_is_no_tiff_is_broken(block: bytes) -> None:
    with pytest.raises(BrokenBlockError):
        read(block)


def test_a_directory_of_thousands_of_tags_that_share_one_long_value_costs_nothing() -> None:
    count = 900
    entries = b"".join(struct.pack("<HHII", number, 7, 60_000, 20_000) for number in range(count))
    block = b"II*\0\x08\0\0\0" + struct.pack("<H", count) + entries + bytes(90_000)
    assert read_tiff(block).first.length(5) == 60_000
    crowded = b"II*\0\x08\0\0\0" + struct.pack("<H", 5_000) + bytes(90_000)
    with pytest.raises(BrokenBlockError):
        read(crowded)


def test_a_tag_that_points_outside_of_the_block_is_not_there() -> None:
    block = b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", marks.MAKE, 2, 100, 5_000) + bytes(4)
    assert tags.MAKE not in read(block)
    assert read(block).text(tags.MAKE) == ""


def test_a_directory_that_points_to_itself_is_read_once() -> None:
    block = b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<I", 8)
    assert read(block).thumbnail == b""


def test_a_fraction_over_nothing_is_no_number() -> None:
    block = bytearray(marks.exif({}, {marks.EXPOSURE: Fraction(1, 7)}))
    at = bytes(block).index(struct.pack("<II", 1, 7))
    block[at + 4 : at + 8] = bytes(4)
    assert read(bytes(block)).ratio(tags.EXPOSURE) is None


@pytest.mark.parametrize("order", ["<", ">"])
def test_texts_numbers_and_fractions_are_read_in_both_byte_orders(order: str) -> None:
    found = read(camera_exif(order=order))
    assert (found.text(tags.MAKE), found.text(tags.MODEL)) == ("Ichos", "Ichos D1")
    assert found.text(tags.TAKEN) == "2024:05:01 12:30:00"
    assert (found.ratio(tags.EXPOSURE), found.number(tags.SENSITIVITY)) == (1 / 250, 200)
    assert tags.MAKER_NOTE in found
    assert tags.ARTIST not in found


def test_it_reads_what_pillow_writes() -> None:
    written = Image.Exif()
    written[tags.MAKE], written[tags.SOFTWARE] = "Ichos", "Bodø 2.0"
    written.get_ifd(0x8769)[tags.LENS_MODEL] = "35mm F2.8"
    found = read(written.tobytes().removeprefix(b"Exif\0\0"))
    assert found.text(tags.MAKE) == "Ichos"
    assert found.text(tags.LENS_MODEL) == "35mm F2.8"


@pytest.mark.parametrize("order", ["<", ">"])
def test_pillow_reads_what_the_tests_write(order: str) -> None:
    read_back = Image.Exif()
    read_back.load(b"Exif\0\0" + camera_exif(order=order, thumbnail=b"\xff\xd8thumbnail"))
    assert read_back[tags.MODEL] == "Ichos D1"
    assert read_back.get_ifd(0x8769)[tags.EXPOSURE] == Fraction(1, 250)
    assert read_back.get_ifd(ExifTags.IFD.IFD1)[0x0202] == len(b"\xff\xd8thumbnail")


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le", "utf-16", "ascii"])
@pytest.mark.parametrize("order", ["<", ">"])
def test_a_user_comment_is_read_in_whichever_encoding_it_was_written(encoding: str, order: str) -> None:
    block = marks.exif({}, {marks.USER_COMMENT: user_comment("Steps: 20, a lighthouse", encoding)}, order=order)
    assert read(block).comment == "Steps: 20, a lighthouse"


def test_a_user_comment_without_its_charset_is_read_when_it_is_json() -> None:
    assert read(marks.exif({}, {marks.USER_COMMENT: b'{"AIGC":{}}'})).comment == '{"AIGC":{}}'


def test_the_thumbnail_is_cut_out() -> None:
    assert read(camera_exif(thumbnail=b"\xff\xd8thumbnail")).thumbnail == b"\xff\xd8thumbnail"
    assert read(camera_exif()).thumbnail == b""
