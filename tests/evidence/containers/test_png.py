"""Metadata in PNG chunks."""

from __future__ import annotations

import zlib

import pytest

from desktop_app.evidence.containers import blocks as limits
from desktop_app.evidence.containers.blocks import BlockKind
from tests.evidence.makers import blocks, found
from tests.support import marks, pictures
from tests.support.marks import camera_exif, png_with, source_type, text
from tests.support.pictures import chunk

KINDS = {"tEXt": "tEXt", "zTXt": "zTXt", "iTXt": "iTXt", "iTXz": "iTXt"}


def test_a_text_of_70_megabytes_is_a_note_and_the_others_are_still_read() -> None:
    bomb = chunk(b"zTXt", b"bomb\0\0" + zlib.compress(b"\0" * 70 * 1024 * 1024, 9))
    assert blocks(png_with(bomb, text("Title", "hello")))[1] == [limits.TOO_LARGE]
    assert [block.key for block in blocks(png_with(bomb, text("Title", "hello")))[0]] == ["Title"]


def test_a_plain_text_of_70_megabytes_is_not_copied_either() -> None:
    data = png_with(chunk(b"tEXt", b"parameters\0" + b"x" * 70 * 1024 * 1024))
    assert blocks(data) == ([], [limits.TOO_LARGE])


def test_many_small_bombs_end_at_the_total() -> None:
    bomb = chunk(b"zTXt", b"bomb\0\0" + zlib.compress(b"\0" * 5 * 1024 * 1024, 9))
    yielded, notes = blocks(png_with(*[bomb] * 50, text("Title", "hello")))
    assert yielded == []
    assert notes == [limits.TOO_LARGE]


@pytest.mark.parametrize(
    "broken",
    [
        chunk(b"tEXt", b"no keyword's end"),
        chunk(b"tEXt", b"\0no keyword"),
        chunk(b"tEXt", b"k" * 80 + b"\0too long a keyword"),
        chunk(b"tEXt", b"key\0text", checksum=1),
        chunk(b"zTXt", b"key\0\0not zlib"),
        chunk(b"zTXt", b"key\0\0" + zlib.compress(b"cut off" * 50)[:-8]),
        chunk(b"iTXt", b"key\0\0\0language without end"),
        chunk(b"iTXt", b"key\0\7\0\0\0text"),
        chunk(b"tEXt", b"Raw profile type exif\0\nexif\n   12\nnot digits"),
        chunk(b"tEXt", b"Raw profile type exif\0\nexif\n   12\n0102"),
    ],
)
def test_a_broken_text_is_a_note_and_nothing_else(broken: bytes) -> None:
    yielded, notes = blocks(png_with(broken, text("Title", "hello")))
    assert [block.key for block in yielded] == ["Title"]
    assert notes == [limits.BROKEN]


def test_a_chunk_that_ends_behind_the_file_leaves_a_note() -> None:
    whole = pictures.png(64, 48)
    assert blocks(whole[:-30])[1] == [limits.BROKEN]


def test_what_is_behind_the_end_of_a_png_is_not_read() -> None:
    assert found(pictures.png(64, 48) + text("parameters", "Steps: 1, Sampler: x, CFG scale: 1, Seed: 1")) == ()


@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_texts_are_found_before_and_behind_the_pixels(kind: str, behind: bool) -> None:  # noqa: FBT001  # a case
    (block,), notes = blocks(png_with(text("Title", "Bodø", kind), behind=behind))
    assert (block.kind, block.key, block.data.decode()) == (BlockKind.TEXT, "Title", "Bodø")
    assert block.where == f"PNG {KINDS[kind]} Title"
    assert notes == []


def test_latin_1_is_understood_where_it_is_no_utf_8() -> None:
    (block,), _ = blocks(png_with(chunk(b"tEXt", b"Title\0Bod\xf8")))
    assert block.data.decode() == "Bodø"


@pytest.mark.parametrize("kind", KINDS)
def test_xmp_is_found_in_whichever_text_chunk_it_lies(kind: str) -> None:
    packet = source_type("trainedAlgorithmicMedia").decode()
    (block,), _ = blocks(png_with(text("XML:com.adobe.xmp", packet, kind)))
    assert (block.kind, block.data.decode()) == (BlockKind.XMP, packet)


def test_exif_is_found_with_and_without_the_start_that_belongs_to_jpeg() -> None:
    for start in (b"", b"Exif\0\0"):
        (block,), _ = blocks(png_with(chunk(b"eXIf", start + camera_exif())))
        assert (block.kind, block.where, block.data) == (BlockKind.EXIF, "PNG eXIf", camera_exif())


@pytest.mark.parametrize(
    ("name", "body", "kind", "inside"),
    [
        ("exif", b"Exif\0\0" + camera_exif(), BlockKind.EXIF, camera_exif()),
        ("xmp", b"<x/>", BlockKind.XMP, b"<x/>"),
        ("iptc", marks.photoshop_iptc({110: "A person"}), BlockKind.IPTC, marks.iptc_records({110: "A person"})),
        ("iptc", marks.iptc_records({110: "A person"}), BlockKind.IPTC, marks.iptc_records({110: "A person"})),
        ("icc", b"colours", BlockKind.TEXT, b""),
    ],
)
def test_imagemagicks_profiles_are_unpacked(name: str, body: bytes, kind: BlockKind, inside: bytes) -> None:
    digits = "\n".join(body.hex()[at : at + 72] for at in range(0, len(body.hex()), 72))
    profile = f"\n{name}\n{len(body):8}\n{digits}\n"
    (block,), notes = blocks(png_with(text(f"Raw profile type {name}", profile, "zTXt")))
    assert (block.kind, block.data, notes) == (kind, inside, [])
