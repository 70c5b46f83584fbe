"""Metadata goes, pixels stay."""

from __future__ import annotations

import struct
import warnings
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms

from desktop_app.detectors.nim.containers import CannotStripError, read_orientation
from tests.detectors.nim.makers import (
    SECRET,
    exif_with_gps,
    pixels,
    png_with,
    rich_jpeg,
    rich_png,
    segment,
    stripped,
)
from tests.support import pictures
from tests.support.pictures import chunk, encode, photo


@pytest.mark.parametrize(
    "data", [rich_jpeg(), rich_jpeg(progressive=True), rich_jpeg(8, restart_marker_rows=2), rich_png()]
)
def test_everything_but_the_picture_goes_and_not_a_pixel_changes(data: bytes) -> None:
    assert data.count(SECRET) >= 2
    result = stripped(data)
    assert SECRET not in result.data
    assert b"GPS" not in result.data
    assert pixels(result.data) == pixels(data)


def test_a_thumbnail_in_the_jfif_header_goes() -> None:
    data = pictures.jpeg()
    thumbnail = b"JFIF\0\1\1\0\0\1\0\1\x02\x02" + SECRET[:12]
    with_thumbnail = data[:2] + segment(0xE0, thumbnail) + data[20:]
    result = stripped(with_thumbnail).data
    assert SECRET[:12] not in result
    assert pixels(result) == pixels(data)


def test_secrets_between_scans_go() -> None:
    data = pictures.jpeg(progressive=True)
    at = data.rindex(b"\xff\xda")
    result = stripped(data[:at] + segment(0xFE, SECRET) + data[at:]).data
    assert SECRET not in result
    assert pixels(result) == pixels(data)


def test_pictures_behind_the_first_go_with_their_index() -> None:
    data = pictures.mpo()
    result = stripped(data).data
    assert len(result) < len(data) * 0.7
    assert b"MPF" not in result
    assert pixels(result) == pixels(data)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["JPEG", "PNG"])
def test_the_orientation_alone_stays(name: str, orientation: int) -> None:
    result = stripped(encode(photo(), name, exif=exif_with_gps(orientation)))
    assert result.orientation == orientation
    with Image.open(BytesIO(result.data)) as image:
        exif = image.getexif()
    assert dict(exif) == ({ExifTags.Base.Orientation: orientation} if orientation > 1 else {})
    assert not exif.get_ifd(ExifTags.IFD.GPSInfo)


def test_what_says_how_numbers_become_colours_stays() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    jpeg = stripped(encode(photo().convert("CMYK"), "JPEG", icc_profile=profile)).data
    with Image.open(BytesIO(jpeg)) as image:
        assert image.mode == "CMYK"
        assert image.info["icc_profile"] == profile
        assert "adobe" in image.info
    png = stripped(png_with(chunk(b"gAMA", struct.pack(">I", 45455)), chunk(b"sRGB", b"\0"))).data
    assert b"gAMA" in png
    assert b"sRGB" in png


def test_transparency_and_palettes_stay() -> None:
    palette = photo().quantize(16)
    for image in (palette, photo().convert("RGBA"), photo().convert("L")):
        data = encode(image)
        assert pixels(stripped(data).data) == pixels(data)
    see_through = encode(palette, transparency=3)
    with Image.open(BytesIO(stripped(see_through).data)) as image:
        assert image.info["transparency"] == 3


def test_a_text_with_a_wrong_checksum_is_no_reason_to_refuse() -> None:
    assert b"tEXt" not in stripped(pictures.with_bad_text_checksum()).data


def test_stripping_twice_changes_nothing() -> None:
    for data in (rich_jpeg(6), rich_png()):
        once = stripped(data).data
        assert stripped(once).data == once


_BASES = {"jpeg": rich_jpeg(6), "progressive": pictures.jpeg(64, 48, progressive=True), "png": rich_png()}


@given(st.sampled_from(sorted(_BASES)), st.integers(0, 40_000), st.binary(max_size=8), st.booleans())
def test_damaged_files_are_refused_or_keep_their_pixels(name: str, at: int, bite: bytes, cut: bool) -> None:  # noqa: FBT001  # hypothesis fills it in
    data = _BASES[name]
    at %= len(data)
    damaged = data[:at] + bite + (b"" if cut else data[at + len(bite) :])
    try:
        result = stripped(damaged)
    except CannotStripError:
        return
    before = _decoded(damaged)
    assert before is None or _decoded(result.data) == before


def _decoded(data: bytes) -> bytes | None:
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data), formats=("JPEG", "PNG")) as image:
            image.load()
            return image.tobytes()
    except (OSError, SyntaxError, ValueError):
        return None


@given(st.binary(max_size=80), st.sampled_from([b"", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"]))
def test_any_exif_block_says_an_orientation_from_1_to_8(block: bytes, head: bytes) -> None:
    assert read_orientation(head + block) in range(1, 9)
