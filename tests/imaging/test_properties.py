"""Whatever the bytes, decoding gives a picture or one of Telltale's errors, and nothing else."""

from __future__ import annotations

import warnings
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import NotAPictureError, PictureError
from desktop_app.core.picture import Picture, ShrinkRule, ViewRule
from desktop_app.imaging.decode import decode
from desktop_app.imaging.metadata import without_metadata
from desktop_app.imaging.sniff import FORMATS, sniff
from tests.support import pictures
from tests.support.pictures import encode, photo

VIEWS = [ViewRule(8, 8), ViewRule(8, 8, "quarters", shrink=ShrinkRule(12, 0.5, 8), jpeg_quality=90)]
SMALL = {
    "JPEG": pictures.jpeg(40, 30, exif=pictures.exif(6)),
    "progressive JPEG": pictures.jpeg(40, 30, progressive=True),
    "PNG": pictures.png(40, 30),
    "palette PNG": encode(photo(40, 30).convert("P"), transparency=3),
    "animated PNG": pictures.animated("PNG"),
    "WEBP": encode(photo(40, 30), "WEBP"),
    "animated WEBP": pictures.animated("WEBP"),
    "GIF": pictures.animated("GIF"),
    "BMP": encode(photo(40, 30), "BMP"),
    "TIFF": encode(photo(40, 30), "TIFF", compression="tiff_deflate"),
    "AVIF": encode(photo(40, 30), "AVIF", speed=10),
    "HEIF": pictures.heic(32, 32),
}


def survives(data: bytes) -> None:
    with warnings.catch_warnings(record=True) as escaped:
        warnings.simplefilter("always")
        with suppress(PictureError):
            picture = decode(data, views=VIEWS, thumbnail_side=16, max_pixels=1_000_000)
            assert isinstance(picture, Picture)
            assert [len(view.pixels) for view in picture.views] == [8 * 8 * 3] * 5
    assert not escaped


@given(st.binary(max_size=200))
def test_random_bytes_never_do_harm(data: bytes) -> None:
    survives(data)


@pytest.mark.parametrize("name", SMALL)
@settings(max_examples=40)
@given(data=st.data())
def test_a_damaged_picture_never_does_harm(name: str, data: st.DataObject) -> None:
    original = bytearray(SMALL[name])
    places = st.integers(0, len(original) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=8)):
        original[place] = value
    survives(bytes(original))


@pytest.mark.parametrize("name", SMALL)
@settings(max_examples=20)
@given(data=st.data())
def test_a_picture_with_a_hole_never_does_harm(name: str, data: st.DataObject) -> None:
    whole = SMALL[name]
    start = data.draw(st.integers(8, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    survives(whole[:start] + whole[end:])


@given(st.binary(max_size=300))
def test_stripping_metadata_ends_and_never_adds_anything(tail: bytes) -> None:
    for name in ("PNG", "JPEG"):
        data = SMALL[name][:40] + tail
        assert len(without_metadata(data, name)) <= len(data)


@given(st.binary(max_size=400))
def test_sniffing_says_a_format_or_refuses(data: bytes) -> None:
    with suppress(NotAPictureError):
        assert sniff(data) in FORMATS
