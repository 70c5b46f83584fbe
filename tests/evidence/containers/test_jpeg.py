"""Metadata in JPEG segments."""

from __future__ import annotations

import struct

import pytest

from desktop_app.evidence.containers import blocks as limits
from desktop_app.evidence.containers.blocks import BlockKind, Budget
from desktop_app.evidence.containers.jpeg import jpeg_blocks
from tests.evidence.makers import blocks, found
from tests.support import marks, pictures
from tests.support.marks import (
    camera_exif,
    exif_segment,
    extended_xmp_segments,
    iptc_segment,
    jpeg_with,
    segment,
    source_type,
    xmp,
    xmp_segment,
)


def test_a_segment_that_ends_behind_the_file_leaves_a_note() -> None:
    data = marks.jpeg_with()[:2] + b"\xff\xe1\xff\xffExif\0\0"
    assert blocks(data) == ([], [limits.BROKEN])


def test_thirteen_bytes_behind_a_jpeg_change_nothing() -> None:
    plain = pictures.jpeg(64, 48)
    appended = plain + b"c2pa OpenAI\0\0"
    assert len(appended) - len(plain) == 13
    assert blocks(appended) == blocks(plain) == ([], [])
    assert found(appended) == ()


def test_a_second_picture_behind_the_first_is_not_asked() -> None:
    behind = jpeg_with(xmp_segment(source_type("trainedAlgorithmicMedia")))
    assert found(pictures.jpeg(64, 48) + behind) == ()


def test_what_lies_between_the_pixels_is_not_metadata() -> None:
    data = pictures.jpeg(64, 48, progressive=True)
    at = data.rindex(b"\xff\xda")
    assert found(data[:at] + xmp_segment(source_type("trainedAlgorithmicMedia")) + data[at:]) == ()


def test_a_comment_that_mentions_a_generator_says_nothing() -> None:
    assert (
        found(jpeg_with(segment(0xFE, b"Painted over a print from OpenAI's DALL-E, by Midjourney street"))) == ()
    )


def test_exif_xmp_iptc_and_comments_are_found_with_their_places() -> None:
    data = jpeg_with(
        exif_segment(camera_exif()), xmp_segment(xmp()), iptc_segment({110: "A person"}), segment(0xFE, b"hello\0")
    )
    yielded, notes = blocks(data)
    assert [(block.kind, block.where) for block in yielded] == [
        (BlockKind.EXIF, "EXIF in APP1"),
        (BlockKind.XMP, "XMP in APP1"),
        (BlockKind.IPTC, "IPTC in APP13"),
        (BlockKind.TEXT, "JPEG comment"),
    ]
    assert yielded[0].data == camera_exif()
    assert yielded[3].data == b"hello"
    assert notes == []


def test_fill_bytes_before_a_marker_are_passed_over() -> None:
    data = jpeg_with(b"\xff\xff\xff" + segment(0xFE, b"hello"))
    assert [block.data for block in blocks(data)[0]] == [b"hello"]


def test_extended_xmp_is_put_together_whatever_the_order_of_its_pieces() -> None:
    packet = source_type("digitalCapture") + b" " * 150_000
    pieces = extended_xmp_segments(packet)
    assert len(pieces) == 3
    yielded, notes = blocks(jpeg_with(*reversed(pieces)))
    assert [(block.where, block.data == packet) for block in yielded] == [("extended XMP in APP1", True)]
    assert notes == []


@pytest.mark.parametrize("damage", ["missing", "changed", "too short"])
def test_extended_xmp_that_is_not_whole_is_nothing_but_a_note(damage: str) -> None:
    pieces = extended_xmp_segments(source_type("trainedAlgorithmicMedia") + b" " * 150_000)
    if damage == "missing":
        pieces = pieces[:-1]
    elif damage == "changed":
        pieces[0] = pieces[0].replace(b"trained", b"Trained")
    else:
        pieces = [segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0short")]
    assert blocks(jpeg_with(*pieces)) == ([], [limits.BROKEN])


def test_extended_xmp_that_claims_gigabytes_is_refused_at_once() -> None:
    piece = b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32 + struct.pack(">II", 0xFFFFFFFF, 0) + b"x"
    assert limits.TOO_LARGE in blocks(jpeg_with(segment(0xE1, piece)))[1]


def test_a_file_of_nothing_but_tiny_segments_ends_at_the_limit() -> None:
    budget = Budget(parts=100)
    data = b"\xff\xd8" + segment(0xEC, b"") * 1_000
    with pytest.raises(limits.OverLimitError):
        list(jpeg_blocks(data, budget))
    assert budget.notes == [limits.TOO_MANY]


def test_the_total_of_all_blocks_is_limited() -> None:
    budget = Budget(left=100_000)
    data = jpeg_with(*(segment(0xFE, b"x" * 60_000) for _ in range(3)))
    assert len(list(jpeg_blocks(data, budget))) == 1
    assert budget.notes == [limits.TOO_LARGE]
