"""Harmless changes: made as people would make them, always the same way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from desktop_app.core.errors import (
    DamagedPictureError,
    DecoderMemoryError,
    NotAPictureError,
    PictureError,
    TooManyPixelsError,
)
from desktop_app.core.picture import ViewRule
from desktop_app.imaging.changes import Change, Variant
from desktop_app.imaging.decode import decode
from desktop_app.imaging.variants import make_variants
from tests.support import pictures
from tests.support.pictures import encode, photo

VIEWS = [ViewRule(32, 32), ViewRule(20, 10, "whole")]


def variants(data: bytes) -> dict[Change, Variant]:
    return {variant.change: variant for variant in make_variants(data, VIEWS)}


def sizes(data: bytes) -> dict[Change, tuple[int, int]]:
    made = variants(data)
    return {change: (one.picture.facts.width, one.picture.facts.height) for change, one in made.items()}


# ---------------------------------------------------------------- what can't be changed


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"hello", NotAPictureError),
        (pictures.truncated_at(pictures.jpeg(), 0.5), DamagedPictureError),
        (pictures.pixel_bomb(), TooManyPixelsError),
    ],
)
def test_what_cant_be_read_cant_be_changed(data: bytes, kind: type[PictureError]) -> None:
    with pytest.raises(kind):
        make_variants(data, VIEWS)


def test_a_picture_too_long_for_a_format_is_not_saved_in_it() -> None:
    too_long_for_webp = variants(pictures.strip(16_384, 2))
    assert set(Change) - set(too_long_for_webp) == {Change.WEBP}
    too_long_for_jpeg = variants(pictures.strip(65_501, 2))
    assert set(Change) - set(too_long_for_jpeg) == {Change.WEBP, Change.JPEG_90, Change.JPEG_70}


def test_a_single_pixel_cant_become_smaller() -> None:
    smaller = {Change.THREE_QUARTERS, Change.HALF, Change.CROPPED}
    assert set(variants(encode(Image.new("RGB", (1, 1)), "PNG"))) == set(Change) - smaller


def test_a_codec_that_lacks_memory_is_not_the_picture_s_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_arguments: object, **_options: object) -> None:
        raise ValueError("encoding error 1")  # libwebp's VP8_ENC_ERROR_OUT_OF_MEMORY

    data = pictures.png()
    monkeypatch.setattr(Image.Image, "save", fails)
    with pytest.raises(DecoderMemoryError):
        make_variants(data, VIEWS)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
def test_broken_metadata_are_not_carried_along(name: str) -> None:
    for data in (pictures.with_broken_profile(name), pictures.with_broken_exif(name)):
        assert len(variants(data)) == len(Change)


@settings(max_examples=40)
@given(data=st.data())
def test_a_damaged_picture_gives_variants_or_one_of_our_errors(data: st.DataObject) -> None:
    damaged = bytearray(pictures.jpeg(40, 30))
    places = st.integers(0, len(damaged) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=8)):
        damaged[place] = value
    try:
        made = make_variants(bytes(damaged), VIEWS, max_pixels=1_000_000)
    except PictureError:
        return
    assert all(len(variant.picture.views) == len(VIEWS) for variant in made)


# ---------------------------------------------------------------- what they are


def test_there_are_eight_in_the_order_of_the_catalogue() -> None:
    made = make_variants(pictures.png(), VIEWS)
    assert [variant.change for variant in made] == list(Change)
    assert len(made) == 8
    assert all(variant.picture.thumbnail is None for variant in made)


def test_those_that_take_pixels_away_give_another_size() -> None:
    changed = {Change.THREE_QUARTERS: (240, 180), Change.HALF: (160, 120), Change.CROPPED: (310, 233)}
    assert sizes(pictures.png(320, 240)) == dict.fromkeys(Change, (320, 240)) | changed
    changed = {Change.THREE_QUARTERS: (24, 24), Change.HALF: (16, 16), Change.CROPPED: (31, 31)}
    assert sizes(pictures.png(32, 32)) == dict.fromkeys(Change, (32, 32)) | changed


def test_the_same_file_gives_the_same_variants() -> None:
    data = pictures.jpeg(700, 500)
    assert make_variants(data, VIEWS) == make_variants(data, VIEWS)


@pytest.mark.parametrize("size", [(32, 32), (321, 243), (1400, 1000)])
def test_each_is_what_people_get_when_they_save_the_change_and_drop_the_file(size: tuple[int, int]) -> None:
    image = photo(*size)
    by_hand = {
        Change.JPEG_90: encode(image, "JPEG", quality=90),
        Change.JPEG_70: encode(image, "JPEG", quality=70),
        Change.WEBP: encode(image, "WEBP", quality=80, method=0),
        Change.MIRRORED: encode(ImageOps.mirror(image), "PNG"),
        Change.GREY: encode(ImageOps.grayscale(image), "PNG"),
    }
    made = variants(encode(image, "PNG"))
    for change, data in by_hand.items():
        dropped = decode(data, views=VIEWS)
        assert made[change].picture.views == dropped.views, change
        assert made[change].picture.facts == dropped.facts, change


def test_a_crop_takes_as_much_from_either_side() -> None:
    image = Image.new("RGB", (200, 100), "red")
    image.paste("green", (3, 1, 197, 98))  # 6 of 200 pixels are outside, 3 of 100
    view = variants(encode(image, "PNG"))[Change.CROPPED].picture.views[0]
    assert view.pixels == Image.new("RGB", (32, 32), "green").tobytes()


def test_a_picture_is_turned_upright_before_it_is_changed() -> None:
    image = photo(300, 200)
    upright = variants(encode(image, "PNG"))
    sideways = variants(encode(pictures.stored_turned(image, 6), "PNG", exif=pictures.exif(6)))
    for change in Change:
        assert sideways[change].picture.views == upright[change].picture.views


@pytest.mark.parametrize("make", pictures.FORMATS.values(), ids=pictures.FORMATS)
def test_every_format_can_be_changed(make: Callable[[], bytes]) -> None:
    assert len(make_variants(make(), VIEWS)) == len(Change)
